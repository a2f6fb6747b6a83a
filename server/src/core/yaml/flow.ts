import type { Span } from '../text/span.ts';
import type { Path } from './nodes.ts';

/** A list or map in brackets as it is written so far: it need not be closed. */
export interface FlowStart {
  /** The offset of its first bracket. */
  readonly start: number;
  /**
   * The column of the key or dash that has it as its value; -1 for a whole document. Lines in it are to the
   * right.
   */
  readonly column: number;
}

/** Where a cursor is in it. */
export interface FlowPlace {
  /** The steps from the outermost bracket; that of a key that is being typed is the last one. */
  readonly path: Path;
  readonly on: 'key' | 'value' | 'item';
  readonly span: Span;
}

interface Frame {
  readonly isMap: boolean;
  readonly index: number;
  readonly key: string | undefined;
  /** Where the key, value or item that is being read begins, blanks before it included. */
  readonly from: number;
}

/**
 * Reads a text in brackets up to an offset. `undefined`: the brackets are closed before it, what follows is
 * not in them, or there is a comment or a template.
 */
export function flowPlace(text: string, flow: FlowStart, offset: number): FlowPlace | undefined {
  const { frames } = readFlow(text, flow, offset);
  const frame = frames.at(-1);
  if (frame === undefined) return undefined;
  const token = tokenAt(text, frame.from, offset);
  if (token === undefined) return undefined;
  const above = frames.slice(0, -1).map(stepOf);
  const { isMap, index, key } = frame;
  if (key !== undefined) {
    const own = isMap ? [key] : [index, key];
    return { path: [...above, ...own], on: 'value', span: token };
  }
  if (!isMap) return { path: [...above, index], on: 'item', span: token };
  const name = unquoted(text.slice(token.start, token.end));
  if (name === '') return { path: above, on: 'key', span: token };
  return { path: [...above, name], on: 'key', span: token };
}

/**
 * Where a text in brackets ends: after its last bracket, else where a line can no longer belong to it. One
 * that is not closed goes on after the end of the text.
 */
export function flowEnd(text: string, flow: FlowStart): number {
  const { frames, offset: at } = readFlow(text, flow, text.length);
  if (frames.length > 0) return text.length + 1;
  return at;
}

/** Whether a value or item begins with a bracket that is not a template's. */
export function isFlowStart(text: string, at: number): boolean {
  return text[at] === '[' || (text[at] === '{' && text[at + 1] !== '{');
}

function stepOf({ isMap, index, key }: Frame): string | number {
  if (isMap) return key ?? '';
  return index;
}

interface Reading {
  readonly frames: readonly Frame[];
  readonly offset: number;
}

function readFlow(text: string, { start, column }: FlowStart, offset: number): Reading {
  let frames: readonly Frame[] = [];
  let at = start;
  while (at < offset) {
    const skipped = skipAt(text, at, frames.at(-1)?.from ?? at);
    if (skipped > at) {
      if (text[at] === '#' && skipped < offset)
        frames = behindComment(text, frames, { start: at, end: skipped });
      at = skipped;
      continue;
    }
    if (text[at] === '\n' && isBeyond(text, at + 1, column)) return { frames: [], offset: at + 1 };
    frames = step(text, at, frames);
    at++;
    if (frames.length === 0) return { frames, offset: at };
  }
  return { frames, offset: Math.min(at, text.length) };
}

/** Where nothing is written before the comment, what is to come begins after it. */
function behindComment(text: string, frames: readonly Frame[], { start, end }: Span): readonly Frame[] {
  const frame = frames.at(-1);
  if (frame === undefined || text.slice(frame.from, start).trim() !== '') return frames;
  return [...frames.slice(0, -1), { ...frame, from: end }];
}

/** After a quoted text or a comment that begins here; the same offset where none does. */
function skipAt(text: string, at: number, from: number): number {
  const char = text[at] ?? '';
  if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) return lineEndAt(text, at);
  const isFirst = (char === '"' || char === "'") && text.slice(from, at).trim() === '';
  if (isFirst) return quoteEnd(text, at);
  return at;
}

/** After the closing quote; without one, the end of the line. */
function quoteEnd(text: string, at: number): number {
  const pattern = text[at] === '"' ? /"(?:[^"\\\r\n]|\\.)*"/y : /'(?:[^'\r\n]|'')*'/y;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return lineEndAt(text, at);
  return at + match[0].length;
}

function lineEndAt(text: string, at: number): number {
  const end = text.slice(at).search(/[\r\n]/);
  if (end < 0) return text.length;
  return at + end;
}

/** Whether the line that starts here is too far left to be in the brackets. */
function isBeyond(text: string, start: number, column: number): boolean {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at - start <= column && !/[\]}\r\n#]/.test(text[at] ?? '\n');
}

function step(text: string, at: number, frames: readonly Frame[]): readonly Frame[] {
  const frame = frames.at(-1);
  const char = text[at] ?? '';
  const above = frames.slice(0, -1);
  if ((char === '[' || char === '{') && (frame === undefined || text.slice(frame.from, at).trim() === ''))
    return [...frames, { isMap: char === '{', index: 0, key: undefined, from: at + 1 }];
  if (frame === undefined) return frames;
  if (char === ']' || char === '}')
    return above.map((own, index) => closed(own, index === above.length - 1, at + 1));
  if (char === ',') return [...above, { ...frame, index: frame.index + 1, key: undefined, from: at + 1 }];
  if (char !== ':' || frame.key !== undefined) return frames;
  const written = text.slice(frame.from, at).trim();
  const isColon = written !== '' && (/^["']/.test(written) || /[\s,[\]{}]/.test(text[at + 1] ?? ' '));
  if (isColon) return [...above, { ...frame, key: unquoted(written), from: at + 1 }];
  return frames;
}

/** What is after a closing bracket belongs to nothing until the next comma. */
function closed(frame: Frame, isInner: boolean, from: number): Frame {
  if (isInner) return { ...frame, from };
  return frame;
}

/** What is written around the offset, in its line; `undefined` where it began in another line. */
function tokenAt(text: string, from: number, offset: number): Span | undefined {
  const before = text.slice(from, offset);
  const start = from + (before.length - before.trimStart().length);
  if (/[\r\n]/.test(text.slice(start, offset))) return undefined;
  const char = text[start] ?? '';
  const isBehindBracket = /[\]}]/.test(text[from - 1] ?? '');
  if (isBehindBracket || char === '[' || char === '{') return undefined;
  if (start < offset && (char === '"' || char === "'")) {
    const end = quoteEnd(text, start);
    if (end < offset) return undefined;
    const isClosed = end > start + 1 && text[end - 1] === char;
    return { start, end: isClosed ? end : offset };
  }
  const pattern = /(?![ \t"'])(?:(?!:[\s,[\]{}]|:$|\s#)[^,[\]{}\r\n])*/y;
  pattern.lastIndex = start;
  const found = (pattern.exec(text)?.[0] ?? '').trimEnd();
  // A blank between what is written and the cursor belongs to neither.
  return { start, end: Math.max(start + found.length, offset) };
}

function unquoted(written: string): string {
  const text = written.trim();
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text;
  if (text.length > 1 && text.endsWith(quote)) return text.slice(1, -1);
  return text.slice(1);
}
