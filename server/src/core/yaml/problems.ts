import type { ErrorCode } from 'yaml';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** What the parser says of a mistake. */
export interface ParserError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
}

/** The parser's error in our words. `base` is where the parsed text starts in the whole. */
export function problemOf(error: ParserError, text: string, base: number): Problem {
  const { start, end } = visiblePlace(text, { start: error.pos[0], end: error.pos[1] });
  return { message: sentence(error, text), span: { start: base + start, end: base + end } };
}

/**
 * The place inside the text; one in blanks moves to the next character of its line,
 * or back to the last one written.
 */
function visiblePlace(text: string, { start, end }: Span): Span {
  const from = Math.max(0, Math.min(start, text.length));
  const written = text.slice(from, Math.max(end, from + 1));
  if (/\S|\t/.test(written)) return { start: from, end: from + written.length };
  const ahead = /^ *(?=[^\s#])/.exec(text.slice(from, from + 200))?.[0].length;
  if (ahead !== undefined) return { start: from + ahead, end: from + ahead + 1 };
  const last = text.slice(0, from).trimEnd().length;
  return { start: Math.max(0, last - 1), end: last };
}

const halfKeyMessage = 'This line has no ":", write "key: value"';

export const brokenKeyMessage =
  'A key must be on one line: a ":" is missing on this line, or the lines below are indented wrongly';

/** For lines that hold a single word where a key must be. */
export function halfKeyProblems(words: readonly Span[]): readonly Problem[] {
  return words.map(span => ({ message: halfKeyMessage, span }));
}

export const repeatedDirectiveMessage = 'The same "%" line is already above, remove one of them';
export const sizeMessage = 'This file is too large to be read, split it';
export const depthMessage = 'This is nested too deeply to be read, more than 200 levels';

export function unknownAliasMessage(name: string): string {
  return `No value above has the anchor "&${name}" that "*${name}" refers to, add it there or write the value out`;
}

export function cyclicAliasMessage(name: string): string {
  return `"*${name}" is inside the value that "&${name}" names, deployKF cannot read a value that contains itself`;
}

/** A sentence for a code, or one for each part of the parser's own message that tells what is meant. */
type Sentences = string | readonly (readonly [part: string, sentence: string])[];

const anchorSpace = 'An anchor or tag needs a space after it';
const commentSpace = 'A comment needs a space before its "#"';

const sentences: Readonly<Record<ErrorCode, Sentences>> = {
  ALIAS_PROPS: 'An alias such as "*name" cannot have an anchor or tag, remove it',
  BAD_ALIAS: 'An anchor or alias needs a name, such as "&name" and "*name"',
  BAD_COLLECTION_TYPE: 'The tag does not fit this kind of value, remove it',
  BAD_DIRECTIVE: 'YAML has no such "%" line, remove it',
  BAD_DQ_ESCAPE:
    'Double quotes do not support this escape, write "\\\\" for a backslash or use single quotes',
  BAD_INDENT: [
    ['All mapping items', 'This key does not line up with the others of its map, indent it like them'],
    ['All sequence items', 'This "-" does not line up with the others of its list, indent it like them'],
    [
      'Flow map',
      'The "{" before this is not closed: a "}" is missing, or a line is not indented more than the key',
    ],
    [
      'Flow sequence',
      'The "[" before this is not closed: a "]" is missing, or a line is not indented more than the key',
    ],
    ['Block scalar', 'The lines of a "|" or ">" text must be indented more than its key, with spaces'],
    ['', 'This line is not indented as its place asks for'],
  ],
  BAD_PROP_ORDER: 'An anchor or tag must come after the "-", "?" or ":", not before it',
  BAD_SCALAR_START: 'A string that starts with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: [
    ['block sequence', 'A list cannot be here, line its "-" up with the others'],
    ['', 'A second ": " in one value: put the value into quotes, or the key onto a line of its own'],
  ],
  BLOCK_IN_FLOW: 'Lists with "-" and maps by indentation cannot be inside "[ ]" or "{ }"',
  DUPLICATE_KEY: 'This key is in its map twice, remove one',
  IMPOSSIBLE: 'This cannot be read as YAML',
  KEY_OVER_1024_CHARS: 'A key cannot be longer than 1024 characters',
  MISSING_CHAR: [
    ['Implicit map keys', halfKeyMessage],
    ['Missing closing', 'The closing quote is missing'],
    ['Comments must', commentSpace],
    ['Sequence item without', 'A list item needs a "-" before it'],
    ['Missing , or :', 'A "," is missing here, or a ":" after the key'],
    ['Missing ,', 'A "," is missing here'],
    ['Missing space', 'A space is missing after ":"'],
    ['Tags and anchors', anchorSpace],
    ['newline', anchorSpace],
    ['Flow map', 'The "{" before this is not closed, a "}" is missing'],
    ['Flow sequence', 'The "[" before this is not closed, a "]" is missing'],
    ['directives-end marker', 'A map or list cannot start after "---", begin a new line'],
    ['directives-end', 'A line "---" is missing between the "%" lines and the values'],
    ['Block scalars', 'An empty line before this text has more spaces than the text, remove them'],
    ['', 'A character is missing here'],
  ],
  MULTILINE_IMPLICIT_KEY: brokenKeyMessage,
  MULTIPLE_ANCHORS: 'A value can have only one anchor, remove the others',
  MULTIPLE_DOCS: 'A second document starts here, deployKF reads only the first',
  MULTIPLE_TAGS: 'A value can have only one tag, remove the others',
  NON_STRING_KEY: 'A key must be a string',
  RESOURCE_EXHAUSTION: depthMessage,
  TAB_AS_INDENT: 'A tab cannot indent YAML, use spaces',
  TAG_RESOLVE_FAILED: 'The tag does not fit the value, or is not a YAML tag',
  UNEXPECTED_TOKEN: [
    [
      'Block scalar header',
      'Only "+", "-" and a digit can come after "|" or ">", the text begins on the next line',
    ],
    ['block-seq-ind on same line', 'A list cannot start on the line of its key, begin a new line'],
    ['Unexpected , in', 'This "," is extra, remove it'],
    ['Unexpected empty item', 'A value is missing before this ","'],
    ['flow-map-end', 'This "}" closes nothing, remove it or put the text into quotes'],
    ['flow-seq-end', 'This "]" closes nothing, remove it or put the text into quotes'],
    ['comment', commentSpace],
    [
      'at node end',
      'This cannot follow the value: put the whole value into quotes, or this onto a line of its own',
    ],
    ['', 'This cannot be here, put it into quotes if it is a string'],
  ],
};

function sentence(error: ParserError, text: string): string {
  const known = sentences[error.code];
  let message = 'This is not YAML';
  if (typeof known === 'string') message = known;
  else message = known.find(([part]) => error.message.includes(part))?.[1] ?? message;
  const written = text.slice(error.pos[0], error.pos[1]);
  if (error.code === 'BAD_SCALAR_START' && written !== '')
    return `A string that starts with "${written}" needs quotes`;
  return message;
}
