import { withoutEnd } from '../text/cut.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { firstIndex } from '../text/search.ts';
import type { Span } from '../text/span.ts';
import { SourceText } from '../text/sourceText.ts';
import { contentText, readContent } from './content.ts';
import type { Content, Segment } from './contentBuilder.ts';
import {
  escapeText,
  foldText,
  indentLines,
  joinLength,
  joinLines,
  type FurtherLines,
} from './contentWriting.ts';
import { emptyBlockIndent } from './emptyBlock.ts';
import { itemAround } from './itemAround.ts';
import type { YamlNode, YamlPair, YamlScalar } from './nodes.ts';
import { parseYaml } from './parse.ts';
import { readScalar } from './readScalar.ts';
import { deepestLast } from './write.ts';

/** A text that someone types in. */
export interface Typing {
  readonly source: SourceText;
  readonly offset: number;
  /** Whether more lines can be written. */
  readonly holdsLines: boolean;
  /**
   * An edit of a part of the line of the offset as one of the real file. Its text has line ends only where the text
   * `holdsLines`. It is not read back.
   */
  readonly editToOuter: (edit: TextEdit) => TextEdit;
}

/**
 * A document that is the content of a scalar of another one, such as the `values` string of an ArgoCD
 * Application. Knows where each of its characters is in the outer text.
 */
export class Embedding {
  /** The content, as the outer document's reader sees it. */
  readonly source: SourceText;
  readonly #outer: SourceText;
  readonly #scalar: YamlScalar;
  readonly #segments: readonly Segment[];
  #known: Surroundings | undefined;

  private constructor(outer: SourceText, scalar: YamlScalar, { text, segments }: Content) {
    this.source = new SourceText(text);
    this.#outer = outer;
    this.#scalar = scalar;
    this.#segments = segments;
  }

  /**
   * `undefined` where the content cannot be laid beside the outer text,
   * such as with escapes that YAML does not have.
   */
  static of(outer: SourceText, scalar: YamlScalar): Embedding | undefined {
    const content = readContent(outer, scalar);
    return content && new Embedding(outer, scalar, content);
  }

  /** How far the outer text indents each line of the content; `undefined` where it cannot have any lines more. */
  get inset(): number | undefined {
    return this.#scalar.style === 'literal' ? this.#indent().length : undefined;
  }

  /** Where all of the content is in the outer text. */
  get whole(): Span {
    return this.toOuter({ start: 0, end: this.source.text.length });
  }

  /** The place of an inner span in the outer text. */
  toOuter(span: Span): Span {
    const start = this.#outerOffset(span.start, 'start');
    if (span.end === 0) return { start, end: start };
    const end = this.#outerOffset(span.end, 'end');
    if (span.start === span.end) return { start: end, end };
    return { start, end: Math.max(start, end) };
  }

  /** The inner offset of an outer one; `undefined` outside of the content. */
  toInner(offset: number): number | undefined {
    const segment = this.#segments[firstIndex(this.#segments, ({ outer }) => outer > offset) - 1];
    if (segment === undefined) return undefined;
    const within = offset - segment.outer;
    if (within > segment.outerLength && segment !== this.#segments.at(-1)) {
      // In the indentation of the next line.
      return segment.inner + segment.innerLength;
    }
    if (within > segment.outerLength) return undefined;
    return segment.inner + Math.min(within, segment.innerLength);
  }

  /**
   * The content as someone sees it who types at an outer offset, and how to write into that line. Blank lines
   * after a block scalar count as its content, since what is typed there will be. `undefined` outside of the
   * content.
   */
  typingAt(offset: number): Typing | undefined {
    const inner = this.toInner(offset);
    if (!this.#isBlock) {
      if (inner === undefined) return undefined;
      return this.#typingInLine(inner, offset);
    }
    if (this.#segments.length === 0) return this.#typingInEmpty(offset);
    const { line, character } = this.#outer.positionAt(offset);
    const indent = this.#indent();
    if (indent === '' || character < indent.length) return undefined;
    const written = this.#outer.lineText(line).slice(indent.length);
    const typed =
      inner === undefined ? this.#behind(line, indent.length) : { text: this.source.text, offset: inner };
    if (typed === undefined) return undefined;
    const source = new SourceText(typed.text);
    const column = character - indent.length;
    const within = inner ?? typed.offset + column;
    const place = source.positionAt(within);
    if (source.lineText(place.line) !== written || place.character !== column) return undefined;
    const delta = offset - within;
    const lineEnd = this.#outer.eol;
    return {
      source,
      offset: within,
      holdsLines: this.#scalar.style === 'literal',
      editToOuter: ({ span, newText }) => ({
        span: { start: span.start + delta, end: span.end + delta },
        newText: indentLines(newText, { lineEnd, indent }),
      }),
    };
  }

  #typingInEmpty(offset: number): Typing | undefined {
    const indent = emptyBlockIndent(this.#outer, this.#scalar, offset);
    if (indent === undefined) return undefined;
    const lineEnd = this.#outer.eol;
    return {
      source: new SourceText(''),
      offset: 0,
      holdsLines: this.#scalar.style === 'literal',
      editToOuter: ({ newText }) => ({
        span: { start: offset, end: offset },
        newText: indentLines(newText, { lineEnd, indent }),
      }),
    };
  }

  #typingInLine(offset: number, outer: number): Typing | undefined {
    if (this.#scalar.style === 'plain') return undefined;
    const isAtEnd = this.toOuter({ start: offset, end: offset }).start === outer;
    const isAtStart = this.#isLineStart(offset) && this.#outerOffset(offset, 'start') === outer;
    // Else it is in an escape, or in the indentation of a further line.
    if ((!isAtEnd && !isAtStart) || this.#isFoldedAt(offset)) return undefined;
    const editToOuter = ({ span, newText }: TextEdit): TextEdit => ({
      span: span.end === offset && span.start === offset ? { start: outer, end: outer } : this.toOuter(span),
      newText: escapeText(newText, this.#scalar.style),
    });
    return { source: this.source, offset, holdsLines: false, editToOuter };
  }

  /**
   * Whether the line of an offset is on several of the outer text, over which no edit of an editor may go.
   */
  #isFoldedAt(offset: number): boolean {
    const { line } = this.source.positionAt(offset);
    const start = this.#outerOffset(this.source.lineStart(line), 'start');
    const end = this.#outerOffset(this.source.lineEnd(line), 'end');
    return this.#outer.positionAt(end).line > this.#outer.positionAt(start).line;
  }

  /** The content with the blank lines up to one after it, and where that one starts. */
  #behind(line: number, indent: number): { readonly text: string; readonly offset: number } | undefined {
    const last = this.#segments.at(-1);
    const from = last === undefined ? line : this.#outer.positionAt(last.outer).line + 1;
    const blank = Array.from({ length: Math.max(0, line - from + 1) }, (_, at) =>
      this.#outer.lineText(from + at),
    );
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
   * Edits of the content as edits of the outer text: lines get the outer indentation, quoted scalars their
   * escapes. Each way of writing is proven by reading it back;
   * `undefined` when none says exactly what was asked for.
   */
  toHostEdits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
    const wanted = applyEdits(this.source.text, edits);
    if (wanted === undefined) return undefined;
    const block = this.#asBlock(wanted);
    if (block !== undefined && this.#says([block], wanted)) return [block];
    return this.#writings()
      .map(write => edits.map(write))
      .find(candidate => this.#says(candidate, wanted));
  }

  /** A text in place of empty quotes, as a block below their key; `undefined` where there is more in its line, or in the quotes. */
  #asBlock(wanted: string): TextEdit | undefined {
    if (this.source.text !== '' || !this.#isQuoted || !/^\S[^]*\n$/.test(wanted)) return undefined;
    const { span } = this.#scalar;
    const { line } = this.#outer.positionAt(span.start);
    const before = this.#outer.text.slice(this.#outer.lineStart(line), span.start);
    const after = this.#outer.text.slice(span.end, this.#outer.lineEnd(line));
    const [, inset] = /^([ -]*)[A-Za-z_][\w-]*: +$/.exec(before) ?? [];
    if (inset === undefined || after.trim() !== '') return undefined;
    const lines = { lineEnd: this.#outer.eol, indent: ' '.repeat(inset.length + 2) };
    return { span, newText: `|${indentLines(`\n${wanted.slice(0, -1)}`, lines)}` };
  }

  /** The ways to write an edit into this kind of scalar, the neatest first. */
  #writings(): readonly ((edit: TextEdit) => TextEdit)[] {
    const { style } = this.#scalar;
    const { eol } = this.#outer;
    if (this.#isBlock) {
      const indent = this.#indent();
      return [eol, eol + eol].map(
        lineEnd => edit => this.#editInBlock(edit, text => indentLines(text, { lineEnd, indent })),
      );
    }
    const written: FurtherLines = { eol, indent: this.#furtherIndent() };
    const plainly = ({ span, newText }: TextEdit): TextEdit => ({
      span: this.toOuter(span),
      newText: foldText(newText, style, written),
    });
    if (style !== 'double' || written.indent === undefined) return [plainly];
    const inLines = (write: (text: string) => string) => (edit: TextEdit) =>
      this.#editInDoubleQuotes(edit, write);
    const asOne = inLines(text => escapeText(text, style));
    if (!this.#isLineForLine) return [asOne, plainly];
    return [inLines(text => joinLines(text, written)), asOne, plainly];
  }

  /** Whole lines are taken with their outer indentation. */
  #editInBlock({ span, newText }: TextEdit, write: (text: string) => string): TextEdit {
    const outer = this.toOuter(span);
    const isLines = this.#isLineStart(span.start) && this.#isLineStart(span.end) && /^$|\n$/.test(newText);
    if (!isLines) return { span: outer, newText: write(newText) };
    const end = span.end === span.start ? this.#lineStart(outer.start) : outer.end;
    const text = newText === '' ? '' : write(`\n${newText}`).replace(/^(?:\r?\n)+/, '');
    return { span: { start: this.#lineStart(outer.start), end }, newText: text };
  }

  /**
   * Blanks that end up at the start of a further line count only after a `\`; an outer line left empty
   * goes.
   */
  #editInDoubleQuotes({ span, newText }: TextEdit, write: (text: string) => string): TextEdit {
    const outer = this.toOuter(span);
    const isNewLine = span.start === span.end && newText.endsWith('\n');
    const start = isNewLine ? this.#outerOffset(span.start, 'start') : outer.start;
    const text = write(newText);
    const lineStart = this.#lineStart(start);
    const isFurther = lineStart > this.#scalar.span.start;
    if (!isFurther || /[^ \t]/.test(this.#outer.text.slice(lineStart, start)))
      return { span: { start, end: Math.max(start, outer.end) }, newText: text };
    let end = Math.max(start, outer.end);
    if (text === '') end += joinLength(this.#outer.text, outer.end);
    const next = text[0] ?? this.#outer.text[end];
    if (next === ' ' || next === '\t') return { span: { start, end }, newText: `\\${text}` };
    return { span: { start, end }, newText: text };
  }

  get #isQuoted(): boolean {
    return this.#scalar.style === 'single' || this.#scalar.style === 'double';
  }

  get #isBlock(): boolean {
    return this.#scalar.style === 'literal' || this.#scalar.style === 'folded';
  }

  /** Whether each line of a text in double quotes is on one of the outer text. */
  get #isLineForLine(): boolean {
    const { text } = this.#outer;
    const ends = this.#segments.filter(
      ({ inner, outer }) => this.source.text[inner] === '\n' && text[outer] === '\\',
    );
    const last = this.#scalar.span.end - 1;
    return ends.every(({ outer }) => outer + 2 === last || joinLength(text, outer + 2) > 0);
  }

  #isLineStart(inner: number): boolean {
    return inner === 0 || this.source.text[inner - 1] === '\n';
  }

  #lineStart(outer: number): number {
    return this.#outer.lineStart(this.#outer.positionAt(outer).line);
  }

  #indent(): string {
    const first = this.#segments.find(
      segment => segment.innerLength > 0 && this.source.text[segment.inner] !== '\n',
    );
    if (first === undefined) return '';
    const { line } = this.#outer.positionAt(first.outer);
    return this.#outer.text.slice(this.#outer.lineStart(line), first.outer).replace(/[^ ]/g, ' ');
  }

  /** What is before the second line of a plain or quoted scalar; `undefined` when it has only one. */
  #furtherIndent(): string | undefined {
    const { start, end } = this.#scalar.span;
    return /\n([ \t]*)[^ \t\r\n]/.exec(this.#outer.text.slice(start, end))?.[1];
  }

  /**
   * Whether the edits make the content what is wanted, read back.
   * Line ends at its end may go with the scalar's header.
   */
  #says(edits: readonly TextEdit[], wanted: string): boolean {
    const found = this.#readBack(edits);
    if (found === undefined || found === wanted) return found !== undefined;
    return this.#isBlock && found === this.#chomped(wanted) && !endsInKeptLines(wanted);
  }

  #chomped(text: string): string {
    const { start } = this.#scalar.span;
    const header = /^[|>][-+\d]*/.exec(this.#outer.text.slice(start, start + 3))?.[0] ?? '';
    if (header.includes('+')) return text;
    const bare = withoutEnd(text, '\n');
    const isClipped = bare !== '' && bare !== text && !header.includes('-');
    if (isClipped) return `${bare}\n`;
    return bare;
  }

  #readBack(edits: readonly TextEdit[]): string | undefined {
    const { start } = this.#scalar.span;
    const { lines, problems: before } = this.#surroundings();
    if (edits.some(({ span }) => span.start < start || span.end > lines.end)) return undefined;
    const text = applyEdits(
      this.#outer.text.slice(lines.start, lines.end),
      edits.map(({ span, newText }) => ({ span: within(span, lines), newText })),
    );
    if (text === undefined) return undefined;
    const { scalar, problems } = readScalar(text, start - lines.start);
    if (scalar === undefined || problems > before) return undefined;
    return contentText(scalar);
  }

  /** As much of the outer text as it takes to read the scalar, which may be one of many. */
  #surroundings(): Surroundings {
    if (this.#known !== undefined) return this.#known;
    const { text } = this.#outer;
    const { span, source } = this.#scalar;
    const lines = itemAround(this.#outer, span);
    const { scalar, problems } = readScalar(text.slice(lines.start, lines.end), span.start - lines.start);
    const isSame = scalar?.source === source && scalar.span.end === span.end - lines.start;
    if (isSame) return (this.#known = { lines, problems });
    const whole = { start: 0, end: text.length };
    return (this.#known = { lines: whole, problems: readScalar(text, span.start).problems });
  }

  #outerOffset(offset: number, side: 'start' | 'end'): number {
    const index = firstIndex(this.#segments, ({ inner, innerLength }) => {
      if (side === 'start') return offset < inner + innerLength;
      return offset <= inner + innerLength;
    });
    const segment = this.#segments[index] ?? this.#segments.at(-1);
    if (segment === undefined) return this.#scalar.span.end - (this.#isQuoted ? 1 : 0);
    const within = Math.max(0, Math.min(offset - segment.inner, segment.innerLength));
    if (within === segment.innerLength) return segment.outer + segment.outerLength;
    return segment.outer + within;
  }
}

function within({ start, end }: Span, outer: Span): Span {
  return { start: start - outer.start, end: end - outer.start };
}

interface Surroundings {
  readonly lines: Span;
  /** How many problems they have as they are. */
  readonly problems: number;
}

/** Whether the last value of a text has its trailing line ends as content. */
function endsInKeptLines(text: string): boolean {
  const root = parseYaml(text).documents.at(-1)?.root;
  const last = root && deepestLast(root);
  return last?.kind === 'scalar' && last.keepsLineEnds === true;
}
