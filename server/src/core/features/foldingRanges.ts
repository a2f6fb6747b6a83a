import type { ValuesFile } from '../stack/valuesFile.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { visit } from '../yaml/lookup.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import type { YamlDocument } from '../yaml/parse.ts';
import { writtenSpan } from '../yaml/writtenSpan.ts';
import { commentFolds } from './commentFolds.ts';

/** Lines that can be folded into the first of them, counted from 0. */
export interface FoldingRange {
  readonly kind: 'section' | 'comment' | 'region';
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * What can be folded in a file and in the values that are strings in it, in text order, one range for each first line.
 * `undefined`: nothing is said about the file, so that an editor folds it in its own way.
 */
export function foldingRanges(snapshot: Snapshot, uri: string): readonly FoldingRange[] | undefined {
  const file = snapshot.file(uri);
  if (file === undefined || !snapshot.isShown(uri)) return undefined;
  const widest = new Map<number, FoldingRange>();
  for (const range of [file, ...snapshot.hostedIn(uri)].flatMap(foldsIn)) {
    const known = widest.get(range.startLine);
    if (range.endLine > (known?.endLine ?? range.startLine)) widest.set(range.startLine, range);
  }
  return [...widest.values()].sort((a, b) => a.startLine - b.startLine);
}

/** By the lines of the real file. */
function foldsIn(file: ValuesFile): readonly FoldingRange[] {
  const { source } = file;
  const documents = file.wholeYaml.documents.filter(({ root }) => root !== undefined);
  const sections = new Sections(source);
  for (const { root } of documents) sections.add(root);
  const whole = documents.length > 1 ? documents.map(document => documentFold(source, document)) : [];
  const folds = [...sections.folds, ...whole, ...commentFolds(source, sections.texts)];
  if (file.host === undefined) return folds;
  return folds.map(({ kind, startLine, endLine }) => {
    const span = { start: source.lineStart(startLine), end: source.lineEnd(endLine) };
    const { start, end } = file.locate(span);
    return { kind, startLine: start.line, endLine: end.line };
  });
}

/** From its `---`, or else its first key. */
function documentFold(source: SourceText, { root, span }: YamlDocument): FoldingRange {
  const isMarked = source.text.startsWith('---', span.start);
  const start = isMarked || root === undefined ? span.start : root.span.start;
  const end = root === undefined ? span.end : writtenSpan(source, root).end;
  return { kind: 'section', startLine: lineOf(source, start), endLine: lineOf(source, end) };
}

class Sections {
  readonly folds: FoldingRange[] = [];
  /** The texts of several lines, in which nothing is a comment, in text order. */
  readonly texts: Span[] = [];
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  add(root: YamlNode | undefined): void {
    visit(root, node => {
      if (node.kind === 'map') for (const { key, value } of node.pairs) this.#fold(key.span.start, value);
      if (node.kind === 'seq') for (const item of node.items) this.#fold(item.span.start, item);
      if (node.kind === 'scalar' && this.#source.text.slice(node.span.start, node.span.end).includes('\n'))
        this.texts.push(node.span);
    });
  }

  #fold(start: number, value: YamlNode): void {
    const startLine = lineOf(this.#source, start);
    const endLine = this.#lastLine(value);
    if (endLine > startLine) this.folds.push({ kind: 'section', startLine, endLine });
  }

  /** The closing bracket of a map or list in brackets stays in sight where it is alone on its line. */
  #lastLine(value: YamlNode): number {
    const { end } = writtenSpan(this.#source, value);
    const line = lineOf(this.#source, end);
    const isFlow = (value.kind === 'map' || value.kind === 'seq') && value.flow;
    const isAlone = /^[ \t]*[\]}]$/.test(this.#source.text.slice(this.#source.lineStart(line), end));
    return isFlow && isAlone ? line - 1 : line;
  }
}

function lineOf(source: SourceText, offset: number): number {
  return source.positionAt(offset).line;
}
