import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { SourceText } from '../text/sourceText.ts';
import type { YamlNode, YamlPair, YamlScalar } from './nodes.ts';
import { parseYaml } from './parse.ts';

/** A run of characters that stands in both texts, or one inner character that stands for several outer ones. */
interface Segment {
  readonly inner: number;
  readonly outer: number;
  readonly innerLength: number;
  readonly outerLength: number;
}

/** A text that someone types in. */
export interface Typing {
  readonly source: SourceText;
  readonly offset: number;
  /** An edit within the line of the offset, without line ends, as one of the real file. It is not read back. */
  readonly editToOuter: (edit: TextEdit) => TextEdit;
}

/**
 * A document that is the content of a scalar of another one, such as the `values` string of an ArgoCD Application. Knows
 * where each of its characters stands in the outer text.
 */
export class Embedding {
  /** The content, as the outer document's reader sees it. */
  readonly source: SourceText;
  readonly #outer: SourceText;
  readonly #scalar: YamlScalar;
  readonly #segments: readonly Segment[];

  private constructor(outer: SourceText, scalar: YamlScalar, { text, segments }: Content) {
    this.source = new SourceText(text);
    this.#outer = outer;
    this.#scalar = scalar;
    this.#segments = segments;
  }

  /** `undefined` where the content cannot be laid beside the outer text, such as with escapes that we do not know. */
  static of(outer: SourceText, scalar: YamlScalar): Embedding | undefined {
    const content = readContent(outer, scalar);
    return content?.text === scalar.source.replaceAll('\r\n', '\n') ? new Embedding(outer, scalar, content) : undefined;
  }

  /** The place of an inner span in the outer text. */
  toOuter(span: Span): Span {
    const start = this.#outerOffset(span.start, 'start');
    if (span.start === span.end) {
      const at = span.start === 0 ? start : this.#outerOffset(span.start, 'end');
      return { start: at, end: at };
    }
    return { start, end: Math.max(start, this.#outerOffset(span.end, 'end')) };
  }

  /** The inner offset of an outer one; `undefined` outside of the content. */
  toInner(offset: number): number | undefined {
    const segment = this.#segments.findLast(candidate => candidate.outer <= offset);
    if (segment === undefined) return undefined;
    const within = offset - segment.outer;
    if (within > segment.outerLength && segment !== this.#segments.at(-1)) {
      // In the indentation of the next line.
      return segment.inner + segment.innerLength;
    }
    return within > segment.outerLength ? undefined : segment.inner + Math.min(within, segment.innerLength);
  }

  /**
   * The content as someone sees it who types at an outer offset, and how to write into that line. Blank lines behind a block
   * scalar count as its content, since what is typed there will be. `undefined` outside of the content.
   */
  typingAt(offset: number): Typing | undefined {
    const inner = this.toInner(offset);
    if (!this.#isBlock) return inner === undefined ? undefined : this.#typingInLine(inner, offset);
    const { line, character } = this.#outer.positionAt(offset);
    const indent = this.#indent().length;
    if (indent === 0 || character < indent) return undefined;
    const written = this.#outer.lineText(line).slice(indent);
    const typed = inner === undefined ? this.#behind(line, indent) : { text: this.source.text, offset: inner };
    if (typed === undefined) return undefined;
    const source = new SourceText(typed.text);
    const within = inner ?? typed.offset + character - indent;
    const place = source.positionAt(within);
    if (source.lineText(place.line) !== written || place.character !== character - indent) return undefined;
    const delta = offset - within;
    return {
      source,
      offset: within,
      editToOuter: ({ span, newText }) => ({ span: { start: span.start + delta, end: span.end + delta }, newText }),
    };
  }

  #typingInLine(offset: number, outer: number): Typing | undefined {
    const [write] = this.#writings();
    const isInEscape = this.toOuter({ start: offset, end: offset }).start !== outer;
    if (this.#scalar.style === 'plain' || write === undefined || isInEscape) return undefined;
    const editToOuter = ({ span, newText }: TextEdit): TextEdit => ({
      span: this.toOuter(span),
      newText: write(newText),
    });
    return { source: this.source, offset, editToOuter };
  }

  /** The content with the blank lines up to one behind it, and where that one starts. */
  #behind(line: number, indent: number): { readonly text: string; readonly offset: number } | undefined {
    const last = this.#segments.at(-1);
    const from = last === undefined ? line : this.#outer.positionAt(last.outer).line + 1;
    const blank = Array.from({ length: Math.max(0, line - from + 1) }, (_, at) => this.#outer.lineText(from + at));
    if (last === undefined || blank.length === 0 || blank.some(text => /[^ \t]/.test(text))) return undefined;
    const content = this.source.text.replace(/\n?$/, '\n');
    const above = blank.slice(0, -1).map(text => `${text.slice(indent)}\n`);
    const before = content + above.join('');
    return { text: before + (blank.at(-1) ?? '').slice(indent), offset: before.length };
  }

  /** The same node with spans of the outer text. */
  nodeToOuter<N extends YamlNode>(node: N): N;
  nodeToOuter(node: YamlNode): YamlNode {
    const span = this.toOuter(node.span);
    if (node.kind === 'map') return { ...node, span, pairs: node.pairs.map(pair => this.#pairToOuter(pair)) };
    if (node.kind === 'seq') return { ...node, span, items: node.items.map(item => this.nodeToOuter(item)) };
    return { ...node, span };
  }

  #pairToOuter({ key, value }: YamlPair): YamlPair {
    return { key: this.nodeToOuter(key), value: this.nodeToOuter(value) };
  }

  /**
   * Edits of the content as edits of the outer text: lines get the outer indentation, quoted scalars their escapes. Each
   * way of writing is proven by reading it back; `undefined` when none says exactly what was asked for.
   */
  editsToOuter(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
    const wanted = applyEdits(this.source.text, edits);
    if (wanted === undefined) return undefined;
    return this.#writings()
      .map(write => edits.map(edit => this.#editToOuter(edit, write)))
      .find(candidate => this.#readBack(candidate) === wanted.replaceAll('\r\n', '\n'));
  }

  /** Whole lines are taken with their outer indentation. */
  #editToOuter({ span, newText }: TextEdit, write: (text: string) => string): TextEdit {
    const outer = this.toOuter(span);
    const isLines =
      this.#isBlock && this.#isLineStart(span.start) && this.#isLineStart(span.end) && /^$|\n$/.test(newText);
    if (!isLines) return { span: outer, newText: write(newText) };
    const end = span.end === span.start ? this.#lineStart(outer.start) : outer.end;
    const text = newText === '' ? '' : write(`\n${newText}`).replace(/^(?:\r?\n)+/, '');
    return { span: { start: this.#lineStart(outer.start), end }, newText: text };
  }

  get #isBlock(): boolean {
    return this.#scalar.style === 'literal' || this.#scalar.style === 'folded';
  }

  #isLineStart(inner: number): boolean {
    return inner === 0 || this.source.text[inner - 1] === '\n';
  }

  #lineStart(outer: number): number {
    return this.#outer.lineStart(this.#outer.positionAt(outer).line);
  }

  /** The ways to write new text into this kind of scalar, the plainest first. */
  #writings(): readonly ((text: string) => string)[] {
    const { style } = this.#scalar;
    if (style === 'double') return [text => JSON.stringify(text).slice(1, -1)];
    if (style === 'single') return [text => text.replaceAll("'", "''")];
    if (!this.#isBlock) return [text => text];
    const eol = this.#outer.eol;
    const indented = (text: string, lineEnd: string): string =>
      text
        .split(/\r?\n/)
        .map((line, index) => (index === 0 || line === '' ? line : this.#indent() + line))
        .join(lineEnd);
    return [text => indented(text, eol), text => indented(text, eol + eol)];
  }

  #indent(): string {
    const first = this.#segments.find(segment => segment.innerLength > 0 && this.source.text[segment.inner] !== '\n');
    if (first === undefined) return '';
    const { line } = this.#outer.positionAt(first.outer);
    return this.#outer.text.slice(this.#outer.lineStart(line), first.outer).replace(/[^ ]/g, ' ');
  }

  #readBack(edits: readonly TextEdit[]): string | undefined {
    const text = applyEdits(this.#outer.text, edits);
    if (text === undefined) return undefined;
    const shift = edits.filter(edit => edit.span.start < this.#scalar.span.start).length;
    return shift > 0
      ? undefined
      : scalarAt(
          parseYaml(text).documents.map(document => document.root),
          this.#scalar.span.start,
        )?.source.replaceAll('\r\n', '\n');
  }

  #outerOffset(offset: number, side: 'start' | 'end'): number {
    const isHere = ({ inner, innerLength }: Segment): boolean =>
      side === 'start' ? offset < inner + innerLength : offset <= inner + innerLength;
    const segment = this.#segments.find(isHere) ?? this.#segments.at(-1);
    if (segment === undefined) return this.#scalar.span.end;
    const within = Math.max(0, Math.min(offset - segment.inner, segment.innerLength));
    return segment.outer + (within === segment.innerLength ? segment.outerLength : within);
  }
}

/** The scalar that starts at an offset. */
function scalarAt(roots: readonly (YamlNode | undefined)[], start: number): YamlScalar | undefined {
  for (const root of roots) {
    const found = root && findScalar(root, start);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findScalar(node: YamlNode, start: number): YamlScalar | undefined {
  if (node.kind === 'scalar') return node.span.start === start ? node : undefined;
  if (node.kind === 'alias' || start < node.span.start || start > node.span.end) return undefined;
  return scalarAt(node.kind === 'map' ? node.pairs.map(pair => pair.value) : node.items, start);
}

interface Content {
  readonly text: string;
  readonly segments: readonly Segment[];
}

function readContent(outer: SourceText, scalar: YamlScalar): Content | undefined {
  if (scalar.style === 'literal' || scalar.style === 'folded') return readBlock(outer, scalar);
  if (scalar.style === 'empty') return undefined;
  return readFlow(outer.text, scalar);
}

/** Collects segments; neighbours that run on are joined. */
class Builder {
  text = '';
  readonly segments: Segment[] = [];

  add(innerText: string, outer: number, outerLength: number): void {
    this.segments.push({ inner: this.text.length, outer, innerLength: innerText.length, outerLength });
    this.text += innerText;
  }
}

function readBlock(outer: SourceText, scalar: YamlScalar): Content | undefined {
  const lines = contentLines(outer, scalar);
  const indent = indentOf(outer, scalar, lines);
  const builder = new Builder();
  const contents = lines.map(line => {
    const start = Math.min(line.start + indent, line.end);
    return { start, text: outer.text.slice(start, line.end), next: line.next };
  });
  if (scalar.style === 'literal') {
    for (const { start, text, next } of contents) builder.add(`${text}\n`, start, next - start);
  } else fold(contents, builder);
  return cut(builder, scalar.source);
}

interface ContentLine {
  readonly start: number;
  readonly text: string;
  readonly next: number;
}

/** A line end between two lines of text is a space, unless one of them is indented more; n + 1 line ends are n. */
function fold(contents: readonly ContentLine[], builder: Builder): void {
  contents.forEach(({ start, text, next }, index) => {
    builder.add(text, start, text.length);
    const end = start + text.length;
    const following = contents.slice(index + 1);
    const after = following.find(line => line.text !== '');
    const isMore = (line: string): boolean => line.startsWith(' ') || line.startsWith('\t');
    const folds = text !== '' && after !== undefined && !isMore(text) && !isMore(after.text);
    if (folds) builder.add(following[0]?.text === '' ? '' : ' ', end, next - end);
    else builder.add('\n', end, next - end);
  });
}

/** The content as the reader has it: chomping takes line ends away at its end. */
function cut(builder: Builder, source: string): Content | undefined {
  const wanted = source.replaceAll('\r\n', '\n');
  if (!builder.text.startsWith(wanted)) return undefined;
  const segments = builder.segments
    .filter(segment => segment.inner < wanted.length)
    .map(segment => {
      const over = segment.inner + segment.innerLength - wanted.length;
      if (over <= 0) return segment;
      return { ...segment, innerLength: segment.innerLength - over, outerLength: segment.innerLength - over };
    });
  return { text: wanted, segments };
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The lines behind the header of a block scalar. */
function contentLines(outer: SourceText, scalar: YamlScalar): readonly Line[] {
  const first = outer.positionAt(scalar.span.start).line + 1;
  const last = outer.positionAt(Math.max(scalar.span.start, scalar.span.end - 1)).line;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const line = first + index;
    return { start: outer.lineStart(line), end: outer.lineEnd(line), next: outer.lineStart(line + 1) };
  });
}

function indentOf(outer: SourceText, scalar: YamlScalar, lines: readonly Line[]): number {
  const first = lines.find(({ start, end }) => outer.text.slice(start, end).trim() !== '');
  if (first === undefined) return 0;
  const found = /^ */.exec(outer.text.slice(first.start, first.end))?.[0].length ?? 0;
  // With an indentation indicator the first line may be indented more: the content's own spaces tell by how much.
  const firstText = scalar.source.split('\n').find(line => line.trim() !== '') ?? '';
  return Math.max(0, found - (/^ */.exec(firstText)?.[0].length ?? 0));
}

/** Plain and quoted scalars on one line; over several lines only where nothing is folded away, which is not the case. */
function readFlow(outer: string, scalar: YamlScalar): Content | undefined {
  const { start, end } = scalar.span;
  const isQuoted = scalar.style !== 'plain';
  const inside = outer.slice(isQuoted ? start + 1 : start, isQuoted ? end - 1 : end);
  if (/[\r\n]/.test(inside)) return undefined;
  const builder = new Builder();
  const escape =
    scalar.style === 'double'
      ? /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU])/y
      : scalar.style === 'single'
        ? /''/y
        : undefined;
  let at = 0;
  while (at < inside.length) {
    const found = escape && matchAt(escape, inside, at);
    const length = found?.length ?? 1;
    const text = found === undefined ? (inside[at] ?? '') : unescape(found);
    if (text === undefined) return undefined;
    builder.add(text, (isQuoted ? start + 1 : start) + at, length);
    at += length;
  }
  return { text: builder.text, segments: builder.segments };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function unescape(written: string): string | undefined {
  if (written === "''") return "'";
  const kind = written[1] ?? '';
  if (kind === 'x' || kind === 'u' || kind === 'U') return String.fromCodePoint(Number.parseInt(written.slice(2), 16));
  return escapes[kind];
}
