import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { visit } from '../yaml/lookup.ts';
import { printPath, type Path, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';

export const tokenKinds = ['key', 'string', 'number', 'constant', 'comment', 'image'] as const;

/** What a part of one line is, counted from 0 and in UTF-16 units. */
export interface SemanticToken {
  readonly kind: (typeof tokenKinds)[number];
  readonly line: number;
  readonly character: number;
  readonly length: number;
}

/**
 * What the parts of values are that are a string of the file, in text order: grammars know such a string as one text. Where templates
 * are in a scalar, it is left to the grammar that knows them. `span`: of the file, without it all of it. `undefined`: the file has no
 * such string.
 */
export function semanticTokens(
  snapshot: Snapshot,
  uri: string,
  span?: Span,
): readonly SemanticToken[] | undefined {
  const hosted = snapshot.hostedIn(uri);
  if (hosted.length === 0) return undefined;
  const tokens = hosted.flatMap(file => {
    const inner = span === undefined ? undefined : innerSpan(file, span);
    if (inner === 'outside') return [];
    const [view] = snapshot.viewsByChoice(uri);
    return new TokenWriter(file, view?.catalog).tokens(inner);
  });
  return tokens.sort((left, right) => left.line - right.line || left.character - right.character);
}

/** The part of a hosted text that is within a span of the real file. */
function innerSpan({ host, text }: ValuesFile, span: Span): Span | 'outside' {
  const whole = host?.embedding.whole;
  if (host === undefined || whole === undefined || !overlap(whole, span)) return 'outside';
  const start = span.start <= whole.start ? 0 : host.embedding.toInner(span.start);
  const end = span.end >= whole.end ? text.length : host.embedding.toInner(span.end);
  return { start: start ?? 0, end: end ?? text.length };
}

function overlap(left: Span, right: Span): boolean {
  return left.start < right.end && right.start < left.end;
}

/** A part of the hosted text. */
interface Part {
  readonly kind: SemanticToken['kind'];
  readonly span: Span;
}

class TokenWriter {
  readonly #file: ValuesFile;
  readonly #catalog: CatalogIndex | undefined;
  readonly #parts: Part[] = [];
  /** What is written of scalars and keys, in text order: nothing in it is a comment. */
  readonly #scalars: Span[] = [];

  constructor(file: ValuesFile, catalog: CatalogIndex | undefined) {
    this.#file = file;
    this.#catalog = catalog;
  }

  /** `within`: a span of the hosted text, without it all of it. */
  tokens(within?: Span): readonly SemanticToken[] {
    for (const { root } of this.#file.wholeYaml.documents) {
      visit(root, (node, path) => {
        if (node.kind === 'map') for (const { key } of node.pairs) this.#add(key, 'key');
        else if (node.kind === 'scalar') this.#add(node, this.#kindOf(node, path));
      });
    }
    this.#addComments();
    const wanted =
      within === undefined ? this.#parts : this.#parts.filter(({ span }) => overlap(span, within));
    return wanted.flatMap(part => this.#inLines(part));
  }

  #add(node: YamlNode, kind: SemanticToken['kind']): void {
    const { span } = node;
    if (span.start === span.end) return;
    this.#scalars.push(span);
    if (!this.#file.text.slice(span.start, span.end).includes('{{')) this.#parts.push({ kind, span });
  }

  #kindOf({ type }: YamlScalar, path: () => Path): SemanticToken['kind'] {
    if (type === 'null' || type === 'bool') return 'constant';
    if (this.#isImage(path())) return 'image';
    return type === 'int' || type === 'float' ? 'number' : 'string';
  }

  #isImage(path: Path): boolean {
    return path.at(-1) !== 'pullPolicy' && this.#catalog?.imageAround(printPath(path)) !== undefined;
  }

  /** A `#` after a blank or at the start of a line, outside of all scalars. */
  #addComments(): void {
    const { text, source } = this.#file;
    const scalars = this.#scalars.toSorted((left, right) => left.start - right.start);
    let next = 0;
    for (let start = text.indexOf('#'); start >= 0; start = text.indexOf('#', start + 1)) {
      while ((scalars[next]?.end ?? Infinity) <= start) next++;
      const isInScalar = (scalars[next]?.start ?? Infinity) <= start;
      if (isInScalar || !/^\s?$/.test(text.slice(Math.max(0, start - 1), start))) continue;
      const end = source.lineEnd(source.positionAt(start).line);
      this.#parts.push({ kind: 'comment', span: { start, end } });
      start = end - 1;
    }
  }

  /** A token for each line of the real file; none where a line of the text is on several lines there. */
  #inLines({ kind, span }: Part): readonly SemanticToken[] {
    const { source } = this.#file;
    const tokens: SemanticToken[] = [];
    const last = source.positionAt(span.end).line;
    for (let line = source.positionAt(span.start).line; line <= last; line++) {
      const text = source.lineText(line);
      const lineStart = source.lineStart(line);
      const blanks = text.length - text.trimStart().length;
      const start = Math.max(span.start, lineStart + blanks);
      const end = Math.min(span.end, lineStart + text.trimEnd().length);
      if (start >= end) continue;
      const { start: from, end: to } = this.#file.locate({ start, end });
      if (from.line === to.line)
        tokens.push({
          kind,
          line: from.line,
          character: from.character,
          length: to.character - from.character,
        });
    }
    return tokens;
  }
}
