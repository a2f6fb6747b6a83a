import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import { flowEnd, flowPlace, isFlowStart, type FlowStart } from './flow.ts';
import type { Path } from './nodes.ts';

/** Where a cursor is in a text that need not parse. */
export interface CursorContext {
  /** The value path of the line: of the key that is being typed, or whose value is. */
  readonly path: Path;
  /** `key`: in a key, or where one may begin. `value`: after a colon. `item`: after the dash of a list. */
  readonly on: 'key' | 'value' | 'item';
  /** What is written there so far, and where; empty at the cursor when nothing is. */
  readonly text: string;
  readonly span: Span;
  /** In brackets. */
  readonly flow: boolean;
}

/**
 * The value path of a cursor by indentation and brackets alone, for lines that are half-typed or are in a
 * text that does not parse. `undefined` in comments and in the content of block scalars. An empty key's path
 * is that of its map.
 */
export function contextAt(source: SourceText, offset: number): CursorContext | undefined {
  const { line: number, character } = source.positionAt(offset);
  const cursorPath = new CursorPath();
  for (let above = 0; above < number; above++) cursorPath.pass(source.text, readLine(source, above));
  const line = readLine(source, number);
  const isComment = line.commentStart !== undefined && offset > line.commentStart;
  if (isComment || cursorPath.isText(line, character)) return undefined;
  const flow = cursorPath.flowAt(offset);
  if (flow === undefined) return inLine(source.text, line, { cursorPath, offset });
  const context = inFlow(source.text, flow, offset);
  // A line as far left as the key of the brackets would end them.
  if (context === undefined || context.span.start - line.start <= flow.column) return undefined;
  return context;
}

/** A key of a block map or a scalar item of a block list, as the line that it starts on says. */
export interface WrittenLine {
  /** The value path of the key or item. */
  readonly path: Path;
  readonly line: number;
  /** Of the key, or of the dash before the item. */
  readonly column: number;
  /** What is after the colon or dash, a comment left out. */
  readonly text: string;
}

/** What each line of a text begins, by indentation alone, as `contextAt` reads it. */
export function writtenLines(source: SourceText): readonly WrittenLine[] {
  const cursorPath = new CursorPath();
  const found: WrittenLine[] = [];
  for (let number = 0; number < source.lineCount; number++) {
    const line = readLine(source, number);
    const isRead =
      !isBlank(line) && !cursorPath.isText(line, line.indent) && cursorPath.flowAt(line.start) === undefined;
    cursorPath.pass(source.text, line);
    if (!isRead) continue;
    const dash = line.dashes.at(-1);
    if (dash !== undefined)
      found.push({ path: cursorPath.pathTo(dash), line: number, column: dash, text: line.content });
    if (line.key === undefined) continue;
    const text = trimBlanks(line.content.slice((line.colon ?? 0) + 1));
    found.push({ path: cursorPath.path, line: number, column: line.contentStart - line.start, text });
  }
  return found;
}

/** A line without its comment. All places are offsets into the text; columns count from the line's start. */
interface Line {
  readonly start: number;
  readonly indent: number;
  /** The columns of the dashes that start it. */
  readonly dashes: readonly number[];
  readonly key: string | undefined;
  /** Where the colon after the key is, counted from the start of the content. */
  readonly colon: number | undefined;
  /** What is after the dashes. */
  readonly content: string;
  readonly contentStart: number;
  readonly commentStart: number | undefined;
}

interface Step {
  readonly column: number;
  readonly step: string | number;
}

interface OpenFlow extends FlowStart {
  readonly path: Path;
  readonly end: number;
}

/** The keys and list items that a reader going down the lines is in. */
class CursorPath {
  #steps: readonly Step[] = [];
  /** The content of a block scalar is to the right of this column. */
  #textColumn: number | undefined;
  #flow: OpenFlow | undefined;

  pass(text: string, line: Line): void {
    if (isBlank(line) || this.isText(line, line.indent) || this.flowAt(line.start) !== undefined) return;
    this.#textColumn = undefined;
    this.enterItems(line);
    const column = line.contentStart - line.start;
    if (line.key !== undefined) this.#steps = [...this.#leftOf(column), { column, step: line.key }];
    const owner = line.key === undefined ? line.dashes.at(-1) : column;
    if (/(?:^|[:\s])[|>][-+0-9]*$/.test(line.content)) this.#textColumn = owner;
    const start = valueStart(line);
    if (!isFlowStart(text, start)) return;
    const flow = { start, column: owner ?? -1 };
    this.#flow = { ...flow, path: this.path, end: flowEnd(text, flow) };
  }

  /**
   * The brackets that a line above opened and that an offset is in; a cursor may be at the end of the text.
   */
  flowAt(offset: number): OpenFlow | undefined {
    if (this.#flow !== undefined && offset < this.#flow.end) return this.#flow;
    return undefined;
  }

  /** Whether the line is content of a block scalar; for a blank one the cursor's column decides. */
  isText(line: Line, character: number): boolean {
    const column = isBlank(line) ? character : line.indent;
    return this.#textColumn !== undefined && column > this.#textColumn;
  }

  enterItems(line: Line): void {
    for (const column of line.dashes) {
      const around = this.#steps.filter(
        step => step.column < column || (step.column === column && isKey(step)),
      );
      const last = this.#steps.find(step => step.column === column && !isKey(step));
      this.#steps = [...around, { column, step: typeof last?.step === 'number' ? last.step + 1 : 0 }];
    }
  }

  /** The path of what begins at a column. */
  pathAt(column: number): Path {
    return this.#leftOf(column).map(({ step }) => step);
  }

  /** The path of the item after a dash. */
  pathTo(dash: number): Path {
    const end = this.#steps.findLastIndex(step => step.column === dash && !isKey(step));
    return this.#steps.slice(0, end + 1).map(({ step }) => step);
  }

  get path(): Path {
    return this.#steps.map(({ step }) => step);
  }

  #leftOf(column: number): readonly Step[] {
    return this.#steps.filter(step => step.column < column);
  }
}

function isKey({ step }: Step): boolean {
  return typeof step === 'string';
}

function isBlank(line: Line): boolean {
  return line.content === '' && line.dashes.length === 0;
}

interface Cursor {
  readonly cursorPath: CursorPath;
  readonly offset: number;
}

function inLine(source: string, line: Line, { cursorPath, offset }: Cursor): CursorContext | undefined {
  const isItem = line.dashes.length > 0;
  cursorPath.enterItems(line);
  const here = { start: offset, end: offset };
  if (line.content === '' && isItem)
    return { path: cursorPath.path, on: 'item', text: '', span: here, flow: false };
  if (line.content === '')
    return { path: cursorPath.pathAt(offset - line.start), on: 'key', text: '', span: here, flow: false };
  const above = cursorPath.pathAt(line.contentStart - line.start);
  const { colon } = line;
  const keyEnd = line.contentStart + (colon ?? line.content.length);
  const path = [...above, keyOf(line.content.slice(0, colon))];
  const start = valueStart(line);
  if (isFlowStart(source, start) && offset > start) {
    const flow =
      colon === undefined
        ? { start, column: line.dashes.at(-1) ?? -1, path: cursorPath.path }
        : { start, column: line.contentStart - line.start, path };
    if (offset < flowEnd(source, flow)) return inFlow(source, flow, offset);
  }
  if (colon === undefined || offset <= keyEnd) {
    const text = line.content.slice(0, colon);
    const span = { start: line.contentStart, end: keyEnd };
    if (colon === undefined && isItem) return { path: cursorPath.path, on: 'item', text, span, flow: false };
    return { path, on: 'key', text, span, flow: false };
  }
  return { path, on: 'value', ...valueIn(line, keyEnd, offset), flow: false };
}

/** What is after the colon. */
function valueIn(line: Line, colon: number, offset: number): { readonly text: string; readonly span: Span } {
  const behind = line.content.slice(colon + 1 - line.contentStart);
  const text = trimBlanks(behind);
  const start = text === '' ? Math.max(offset, colon + 1) : colon + 1 + behind.indexOf(text);
  return { text, span: { start, end: start + text.length } };
}

function inFlow(
  text: string,
  flow: FlowStart & { readonly path: Path },
  offset: number,
): CursorContext | undefined {
  const place = flowPlace(text, flow, offset);
  if (place === undefined) return undefined;
  const { on, span } = place;
  return {
    path: [...flow.path, ...place.path],
    on,
    text: text.slice(span.start, span.end),
    span,
    flow: true,
  };
}

/** Where the value of a line starts, after its key or dashes, an anchor and a tag. */
function valueStart(line: Line): number {
  const from = (line.colon ?? -1) + 1;
  const properties = /^[ \t]*(?:[&!]\S*[ \t]+)*/.exec(line.content.slice(from))?.[0] ?? '';
  return line.contentStart + from + properties.length;
}

function readLine(source: SourceText, number: number): Line {
  const written = source.lineText(number);
  const mark = number === 0 && written.startsWith('\uFEFF') ? 1 : 0;
  const start = source.lineStart(number) + mark;
  const whole = written.slice(mark);
  const comment = commentOf(whole);
  const text = whole.slice(0, comment);
  const indent = /^[ \t]*/.exec(text)?.[0].length ?? 0;
  const dashes: number[] = [];
  let at = indent;
  for (let match = dashAt(text, at); match !== undefined; match = dashAt(text, at)) {
    dashes.push(at);
    at += match.length;
  }
  const content = trimBlanks(text.slice(at));
  const colon = colonOf(content);
  return {
    start,
    indent,
    dashes,
    key: colon === undefined ? undefined : keyOf(content.slice(0, colon)),
    colon,
    content,
    contentStart: start + at,
    commentStart: comment === undefined ? undefined : start + comment,
  };
}

function dashAt(text: string, at: number): string | undefined {
  return /^-(?:[ \t]+|$)/.exec(text.slice(at))?.[0];
}

/** The colon that ends a key, which may be in quotes. YAML allows a key 1,024 characters. */
function colonOf(content: string): number | undefined {
  const match = /^(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*|[^\s"'{[#&*!|>%@`][^#]*?):(?=[ \t]|$)/.exec(
    content.slice(0, 1030),
  );
  if (match === null || (match[0].length === 1030 && content.length > 1030)) return undefined;
  return match[0].length - 1;
}

function keyOf(written: string): string {
  const text = trimBlanks(written);
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text;
  if (text.length > 1 && text.endsWith(quote)) return text.slice(1, -1);
  return text.slice(1);
}

function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r'.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end).replace(/^[ \t]+/, '');
}

/** Where a comment starts: at a `#` at the line's beginning or after a blank, outside of quotes. */
function commentOf(text: string): number | undefined {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    const before = text[at - 1] ?? ' ';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && /[\s:[{,-]/.test(before)) quote = char;
    else if (char === '#' && /\s/.test(before)) return at;
  }
  return undefined;
}
