import type { StackView } from '../analysis/stackView.ts';
import { isConfidential } from '../redaction/redact.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { encloses } from '../text/span.ts';
import { keyText, pairSpan, type YamlNode, type YamlPair, type YamlScalar } from '../yaml/nodes.ts';
import type { YamlDocument } from '../yaml/parse.ts';
import { writtenSpan } from '../yaml/writtenSpan.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { documentName, identityOf, shownText } from './symbolName.ts';
import { symbolNotes, type SymbolNote, type SymbolNotes } from './symbolNotes.ts';

export type SymbolShape = 'map' | 'list' | 'string' | 'number' | 'boolean' | 'null' | 'alias';

/** An entry of the outline. Spans are those of the real file; `selection` is in `span`, as are the children. */
export interface DocumentSymbol {
  readonly kind: 'document' | 'stack' | 'component' | 'image' | SymbolShape;
  /** Never empty, as editors refuse that. */
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/**
 * All keys and list items of a file, with what a stack makes of them; those of values in an Application below the string
 * that they are.
 */
export function documentSymbols(snapshot: Snapshot, uri: string): readonly DocumentSymbol[] {
  const file = snapshot.file(uri);
  if (file === undefined || !snapshot.isShown(uri)) return [];
  const outline = new Outline(snapshot, file, snapshot.hostedIn(uri));
  const documents = file.wholeYaml.documents.filter(({ root }) => root !== undefined && !isNull(root));
  if (documents.length < 2) return outline.below(documents[0]?.root, '');
  return documents.map((document, index) => outline.document(document, index));
}

/** What a symbol is made of, besides its children. */
interface Entry {
  readonly name: string;
  readonly path: string;
  readonly node: YamlNode;
  readonly span: Span;
  readonly selection: Span;
}

class Outline {
  readonly #snapshot: Snapshot;
  readonly #file: ValuesFile;
  readonly #hosted: readonly ValuesFile[];
  readonly #view: StackView | undefined;
  readonly #notes: SymbolNotes;

  constructor(snapshot: Snapshot, file: ValuesFile, hosted: readonly ValuesFile[] = []) {
    const isHost = file.applications.length > 0;
    this.#snapshot = snapshot;
    this.#file = file;
    this.#hosted = hosted;
    this.#view = isHost ? undefined : snapshot.firstView(file.uri);
    this.#notes = this.#view?.memo(symbolNotes) ?? new Map();
  }

  document({ root }: YamlDocument, index: number): DocumentSymbol {
    const span = root?.span ?? { start: 0, end: 0 };
    const children = this.below(root, '');
    const name = documentName(root) ?? `Document ${index + 1}`;
    return {
      kind: 'document',
      name,
      detail: '',
      ...this.#placed(span, this.#firstLine(span), children),
      children,
    };
  }

  below(node: YamlNode | undefined, path: string): readonly DocumentSymbol[] {
    if (node?.kind === 'map') return node.pairs.map(pair => this.#pair(pair, path));
    if (node?.kind === 'seq') return node.items.map((item, index) => this.#item(item, index, path));
    if (node?.kind === 'scalar') return this.#within(node)?.children ?? [];
    return [];
  }

  #pair(pair: YamlPair, parent: string): DocumentSymbol {
    const { key, value } = pair;
    const path = parent === '' ? keyText(key) : `${parent}.${keyText(key)}`;
    const span = { start: pairSpan(pair).start, end: Math.max(key.span.end, this.#written(value).end) };
    return this.#symbol({ name: this.#keyName(key, path), path, node: value, span, selection: key.span });
  }

  #item(item: YamlNode, index: number, parent: string): DocumentSymbol {
    const path = `${parent}[${index}]`;
    const span = this.#written(item);
    const identity = identityOf(item);
    const isNamed = identity !== undefined && !isConfidential(this.#file, identity.span);
    if (!isNamed)
      return this.#symbol({ name: `[${index}]`, path, node: item, span, selection: this.#firstLine(span) });
    const selection = this.#firstLine(this.#written(identity));
    return this.#symbol({ name: shownText(identity.source), path, node: item, span, selection });
  }

  #symbol({ name, path, node, span, selection }: Entry): DocumentSymbol {
    const within = node.kind === 'scalar' ? this.#within(node) : undefined;
    const children = within?.children ?? this.below(node, path);
    const note = this.#noteOf(node, path);
    const kind = note?.kind ?? within?.kind ?? shapeOf(node);
    const detail = note?.detail ?? within?.detail ?? this.#valueText(node, name);
    return { kind, name, detail, ...this.#placed(span, selection, children), children };
  }

  #noteOf(node: YamlNode, path: string): SymbolNote | undefined {
    const note = this.#notes.get(path);
    if (note?.onlyOfNull === true && !isNull(node)) return undefined;
    return note;
  }

  /** The values that a string is. */
  #within(
    scalar: YamlScalar,
  ):
    | { readonly kind: 'stack'; readonly detail: string; readonly children: readonly DocumentSymbol[] }
    | undefined {
    const text = this.#hosted.find(({ host }) => host && encloses(scalar.span, host.embedding.whole));
    if (text === undefined) return undefined;
    const stack = this.#snapshot.firstView(text.uri)?.stack;
    const detail = stack === undefined ? '' : `${shownText(stack.name)} · deployKF ${stack.release}`;
    return { kind: 'stack', detail, children: new Outline(this.#snapshot, text).below(text.root, '') };
  }

  #keyName(key: YamlScalar, path: string): string {
    const isKnown = (): boolean => this.#view?.catalog.defaultAt(path) !== undefined;
    if (isConfidential(this.#file, key.span) && !isKnown()) return '…';
    return shownText(keyText(key));
  }

  /** A value that the name does not say already. */
  #valueText(node: YamlNode, name: string): string {
    if (node.kind === 'alias') return `*${shownText(node.name)}`;
    if (node.kind !== 'scalar' || node.source === '') return '';
    if (isConfidential(this.#file, node.span)) return '…';
    const text = shownText(node.source);
    return text === name ? '' : text;
  }

  #written(node: YamlNode): Span {
    return writtenSpan(this.#file.source, node);
  }

  #firstLine({ start, end }: Span): Span {
    const { source } = this.#file;
    return { start, end: Math.min(end, source.lineEnd(source.positionAt(start).line)) };
  }

  /** Editors want the selection and the children in the span, whatever is between the lines of a broken text. */
  #placed(
    span: Span,
    selection: Span,
    children: readonly DocumentSymbol[],
  ): Pick<DocumentSymbol, 'span' | 'selection'> {
    const toOuter = (own: Span): Span => this.#file.host?.embedding.toOuter(own) ?? own;
    const [whole, selected] = [toOuter(span), toOuter(selection)];
    const parts = [whole, selected, ...children.map(child => child.span)];
    const start = Math.min(...parts.map(part => part.start));
    return { span: { start, end: Math.max(...parts.map(part => part.end)) }, selection: selected };
  }
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

function shapeOf(node: YamlNode): SymbolShape {
  if (node.kind === 'seq') return 'list';
  if (node.kind !== 'scalar') return node.kind;
  switch (node.type) {
    case 'bool':
      return 'boolean';
    case 'int':
    case 'float':
      return 'number';
    case 'null':
      return 'null';
    case 'string':
    case 'timestamp':
      return 'string';
  }
}
