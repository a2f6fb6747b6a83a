import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import type { Path } from './nodes.ts';

/** Where a cursor stands in a text that need not parse. */
export interface CursorContext {
  /** The value path of the line: of the key that is being typed, or whose value is. */
  readonly path: Path;
  /** `key`: in a key, or where one may begin. `value`: behind a colon. `item`: behind the dash of a list. */
  readonly on: 'key' | 'value' | 'item';
  /** What is written there so far, and where; empty at the cursor when nothing is. */
  readonly text: string;
  readonly span: Span;
}

interface Line {
  readonly indent: number;
  /** How many dashes start the line. */
  readonly dashes: readonly number[];
  readonly key: string | undefined;
  readonly start: number;
  /** The text behind the dashes, without a comment. */
  readonly content: string;
  readonly contentStart: number;
  readonly isBlock: boolean;
}

/**
 * The value path of a cursor by indentation alone, for lines that are half-typed or stand in a text that does not parse.
 * Flow collections over several lines are not followed. `undefined` in comments and in the content of block scalars.
 */
export function contextAt(source: SourceText, offset: number): CursorContext | undefined {
  const { line: number, character } = source.positionAt(offset);
  const line = readLine(source, number);
  if (isInComment(source.lineText(number), character) || isInBlockScalar(source, number, line)) return undefined;
  const above = parentsOf(source, number, Math.min(columnOf(line, source, number), character));
  return inLine(line, above, { offset, isEmpty: line.content === '' });
}

function inLine(
  line: Line,
  above: Path,
  { offset, isEmpty }: { readonly offset: number; readonly isEmpty: boolean },
): CursorContext {
  const isItem = line.dashes.length > 0;
  if (isEmpty) return { path: above, on: isItem ? 'item' : 'key', text: '', span: { start: offset, end: offset } };
  const colon = colonOf(line.content);
  const keyEnd = line.contentStart + (colon ?? line.content.length);
  if (colon === undefined || offset <= keyEnd) {
    const text = line.content.slice(0, colon);
    const span = { start: line.contentStart, end: keyEnd };
    const on = colon === undefined && isItem ? 'item' : 'key';
    return { path: on === 'item' ? above : [...above, keyOf(text)], on, text, span };
  }
  const behind = line.content.slice(colon + 1);
  const lead = behind.length - behind.trimStart().length;
  const start = Math.min(keyEnd + 1 + lead, Math.max(offset, keyEnd + 1));
  const text = behind.trim();
  return {
    path: [...above, keyOf(line.content.slice(0, colon))],
    on: 'value',
    text,
    span: { start, end: start + text.length },
  };
}

/** The keys of the lines above that are indented less, outermost first; items of lists by their index. */
function parentsOf(source: SourceText, number: number, column: number): Path {
  const path: (string | number)[] = [];
  let limit = column;
  const own = readLine(source, number);
  if (own.dashes.length > 0) path.unshift(...indexesOf(source, number, own));
  if (own.dashes[0] !== undefined) limit = Math.min(limit, own.dashes[0]);
  for (let at = number - 1; at >= 0 && limit > 0; at--) {
    const line = readLine(source, at);
    if (line.content === '' && line.dashes.length === 0) continue;
    const keyColumn = line.contentStart - line.start;
    const dash = line.dashes[0];
    if (line.key !== undefined && (keyColumn < limit || isOwnerOfItems(line, keyColumn, limit, own))) {
      path.unshift(line.key);
      limit = keyColumn;
    }
    if (dash !== undefined && dash < limit) {
      path.unshift(...indexesOf(source, at, line));
      limit = dash;
    }
  }
  if (limit === 0 && own.dashes[0] === 0) path.unshift(...ownerOfRootItems(source, number));
  return path;
}

/** A list may stand at the column of its key. */
function isOwnerOfItems(line: Line, column: number, limit: number, own: Line): boolean {
  return own.dashes[0] === column && column === limit && line.dashes.length === 0 && colonIsLast(line.content);
}

function ownerOfRootItems(source: SourceText, number: number): readonly string[] {
  for (let at = number - 1; at >= 0; at--) {
    const line = readLine(source, at);
    if (line.indent === 0 && line.key !== undefined && line.dashes.length === 0) return [line.key];
  }
  return [];
}

/** The index of each dash of a line: how many dashes stand at the same column before it, in the same list. */
function indexesOf(source: SourceText, number: number, line: Line): readonly number[] {
  return line.dashes.map((column, depth) => {
    if (depth > 0) return 0;
    let index = 0;
    for (let at = number - 1; at >= 0; at--) {
      const other = readLine(source, at);
      if (other.content === '' && other.dashes.length === 0) continue;
      if (other.dashes[0] === column) index++;
      else if (other.indent <= column) break;
    }
    return index;
  });
}

function columnOf(line: Line, source: SourceText, number: number): number {
  return line.content === '' ? source.lineText(number).length : line.contentStart - line.start;
}

function readLine(source: SourceText, number: number): Line {
  const start = source.lineStart(number);
  const text = withoutComment(source.lineText(number));
  const indent = text.length - text.trimStart().length;
  const dashes: number[] = [];
  let at = indent;
  for (let match = /^-(?:\s+|$)/.exec(text.slice(at)); match !== null; match = /^-(?:\s+|$)/.exec(text.slice(at))) {
    dashes.push(at);
    at += match[0].length;
  }
  const content = text.slice(at).trimEnd();
  const colon = colonOf(content);
  return {
    indent,
    dashes,
    key: colon === undefined ? undefined : keyOf(content.slice(0, colon)),
    start,
    content,
    contentStart: start + at,
    isBlock: /(?:^|[:\s])[|>][-+0-9]*$/.test(content),
  };
}

/** A line belongs to a block scalar when the next line above that is indented less opens one. */
function isInBlockScalar(source: SourceText, number: number, line: Line): boolean {
  let limit = line.content === '' && line.dashes.length === 0 ? source.lineText(number).length : line.indent;
  for (let at = number - 1; at >= 0 && limit > 0; at--) {
    const above = readLine(source, at);
    if (source.lineText(at).trim() === '' || above.indent >= limit) continue;
    if (above.isBlock) return true;
    limit = above.indent;
  }
  return false;
}

function colonOf(content: string): number | undefined {
  const match = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'{[#&*!|>%@`][^#]*?)\s*:(?=\s|$)/.exec(content);
  return match === null ? undefined : match[0].length - 1;
}

function colonIsLast(content: string): boolean {
  return content.endsWith(':');
}

function keyOf(written: string): string {
  const text = written.trim();
  if (text.startsWith('"') || text.startsWith("'"))
    return text.slice(1, text.endsWith(text[0] ?? '') && text.length > 1 ? -1 : undefined);
  return text;
}

function isInComment(text: string, character: number): boolean {
  return withoutComment(text).length < Math.min(character, text.length) && text.slice(0, character).includes('#');
}

/** The line up to a `#` that starts a comment: at its beginning or behind a blank, outside of quotes. */
function withoutComment(text: string): string {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if ((char === '"' || char === "'") && /^$|[\s:[{,-]/.test(text[at - 1] ?? '')) quote = char;
    else if (char === '#' && /^$|\s/.test(text[at - 1] ?? '')) return text.slice(0, at);
  }
  return text;
}
