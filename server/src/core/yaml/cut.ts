import type { Span } from '../text/span.ts';

/** A block map of a text, cut into its entries. */
export interface Cut {
  /** Keys that are still without a colon, before the first entry. */
  readonly halfKeys: readonly Span[];
  /**
   * Whole lines: each part starts with the line of a plain key and runs to the next one,
   * comments between included.
   */
  readonly parts: readonly Span[];
}

/** The key of a part that has only a nested block map after it, and that map's own cut. */
export interface NestedCut extends Cut {
  readonly key: Span;
}

/**
 * Why a text may be cut: a token of several lines (block scalar, quoted or plain text, flow collection) that
 * begins in an entry of a block map at column `n` needs `n + 1` spaces on each further line, so none runs
 * over a line that starts with a key at column `n`. There the reader is always in the same state, whatever is
 * before, and reads on alike. Only what begins a line itself, without a key, may go on there (such as a word
 * without a colon), and that never is right as an entry of a block map. So the whole is right when and only
 * when all parts are, and then it is their entries one after another. The same holds in the reader that
 * deployKF uses, except for quoted texts and flow collections, which are less strict there.
 */
export function cutDocument(text: string): Cut | undefined {
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  const first = nextContent(text, { start: from, end: text.length });
  if (first === undefined) return undefined;
  const isMarker = /^---(?:[ \t]+#[^\n]*|[ \t\r]*)$/.test(text.slice(first.start, first.end));
  return cutLines(text, { start: isMarker ? first.next : first.start, end: text.length }, 0);
}

/**
 * The cut of a part whose first line is a bare key; `undefined` when what follows is not a block map with
 * plain keys.
 */
export function cutPart(text: string, part: Span): NestedCut | undefined {
  const header = nextContent(text, part);
  if (header === undefined) return undefined;
  const match = /^([A-Za-z_][\w.-]*):(?:[ \t]+#.*|[ \t]*)\r?$/.exec(text.slice(header.offset, header.end));
  if (match === null) return undefined;
  const below = { start: header.next, end: part.end };
  const column = firstKeyColumn(text, below);
  if (column === undefined || column <= header.offset - header.start) return undefined;
  const cut = cutLines(text, below, column);
  return cut && { ...cut, key: { start: header.offset, end: header.offset + (match[1]?.length ?? 0) } };
}

/**
 * The column of the first line that is more than a half-typed key;
 * `undefined` when it starts with no plain key.
 */
function firstKeyColumn(text: string, { start, end }: Span): number | undefined {
  for (let from = start; from < end;) {
    const line = nextContent(text, { start: from, end });
    if (line === undefined) return undefined;
    if (isKeyAt(text, line.offset)) return line.offset - line.start;
    if (halfKeyAt(text, line) === undefined) return undefined;
    from = line.next;
  }
  return undefined;
}

/**
 * The half-typed keys of a part that are too far left to belong to a value, after its first line. Nothing
 * right can have them, and taken for blank they leave the rest as it was before they were typed.
 */
export function halfKeysIn(text: string, part: Span): readonly Span[] {
  const first = nextContent(text, part);
  if (first === undefined) return [];
  const column = first.offset - first.start;
  const found: Span[] = [];
  for (let from = first.next; from < part.end;) {
    const line = lineAt(text, from, part.end);
    from = line.next;
    if (line.offset - line.start > column) continue;
    const word = halfKeyAt(text, line);
    if (word !== undefined) found.push(word);
  }
  return found;
}

interface Line extends Span {
  /** Its first character that is not a space. */
  readonly offset: number;
  /** The start of the next line. */
  readonly next: number;
}

/** The first line that holds more than blanks and a comment. */
function nextContent(text: string, { start, end }: Span): Line | undefined {
  for (let from = start; from < end;) {
    const line = lineAt(text, from, end);
    if (isContent(text, line)) return line;
    from = line.next;
  }
  return undefined;
}

function lineAt(text: string, start: number, end: number): Line {
  const newline = text.indexOf('\n', start);
  const stop = newline < 0 || newline >= end ? end : newline;
  let at = start;
  while (at < stop && text.charCodeAt(at) === space) at++;
  return { start, end: stop, offset: at, next: Math.min(stop + 1, end) };
}

function isContent(text: string, line: Line): boolean {
  let { end } = line;
  if (text.charCodeAt(end - 1) === carriageReturn && end < text.length) end--;
  let at = line.offset;
  while (at < end && text.charCodeAt(at) === tab) at++;
  return at < end && text.charCodeAt(at) !== hash;
}

const tab = 9;
const carriageReturn = 13;
const space = 32;
const hash = 35;

function cutLines(text: string, { start, end }: Span, column: number): Cut | undefined {
  const starts: number[] = [];
  const halfKeys: Span[] = [];
  for (let from = start; from < end;) {
    const line = lineAt(text, from, end);
    from = line.next;
    const indent = line.offset - line.start;
    if ((indent > column && starts.length > 0) || !isContent(text, line)) continue;
    if (column === 0 && isDocumentEdge(text, line.offset)) return undefined;
    if (indent === column && isKeyAt(text, line.offset)) {
      starts.push(line.start);
      continue;
    }
    const word = indent <= column ? halfKeyAt(text, line) : undefined;
    if (word === undefined && (indent !== column || starts.length === 0)) return undefined;
    // After the first key it is left to the part that it is in.
    if (word !== undefined && starts.length === 0) halfKeys.push(word);
  }
  if (starts.length === 0) return undefined;
  return { halfKeys, parts: starts.map((at, index) => ({ start: at, end: starts[index + 1] ?? end })) };
}

function isDocumentEdge(text: string, at: number): boolean {
  return text[at] === '%' || text.startsWith('---', at) || text.startsWith('...', at);
}

const keyShape = /[A-Za-z_][\w.-]*:(?=[ \t\r\n]|$)/y;

function isKeyAt(text: string, at: number): boolean {
  keyShape.lastIndex = at;
  return keyShape.test(text);
}

function halfKeyAt(text: string, line: Line): Span | undefined {
  const match = /^([A-Za-z_][\w.-]*)(?:[ \t]+#.*|[ \t]*)\r?$/.exec(text.slice(line.offset, line.end));
  if (match === null) return undefined;
  return { start: line.offset, end: line.offset + (match[1]?.length ?? 0) };
}
