import type { Span } from '../text/span.ts';
import type { Syntax } from './commandWords.ts';

/** A call of `deploykf generate`, from the program to where its arguments begin. */
export interface Call extends Span {
  /** UTF-16 offset of `generate`, or of the variable that holds it. */
  readonly offset: number;
}

/** What is asked of a text. */
interface Calling {
  readonly text: string;
  readonly syntax: Syntax;
  /** The variables that hold `generate` before other arguments. */
  readonly lists: ReadonlySet<string | undefined>;
}

/**
 * Where a text calls `deploykf generate`, in text order. The program's name may go on, as in `deploykf-linux-amd64.exe`, or be in a
 * variable that the text assigns, and so may `generate`, before other arguments. Takes time in proportion to the text.
 */
export function callsIn(text: string, syntax: Syntax): readonly Call[] {
  const lists = new Set([...text.matchAll(listAssignment)].map(([, name]) => name));
  const calling: Calling = { text, syntax, lists };
  const calls: Call[] = [];
  for (let call = nextCall(calling, 0); call !== undefined; call = nextCall(calling, call.end))
    calls.push(call);
  const byVariable = variableCalls(calling);
  if (byVariable.length === 0) return calls;
  return [...calls, ...byVariable].sort((a, b) => a.start - b.start);
}

function nextCall(calling: Calling, from: number): Call | undefined {
  const { text, syntax } = calling;
  let start = text.indexOf('deploykf', from);
  while (start >= 0) {
    const name = endOf(
      /(?:[-_][\w.-]*|\.exe|\/cli(?:[:@][\w.:-]+)?)?["']?/y,
      text,
      start + 'deploykf'.length,
    );
    const isWhole = start === 0 || /\W/.test(text[start - 1] ?? '');
    const call = isWhole ? callOf(calling, start, name) : undefined;
    if (call !== undefined) return call;
    // What is in the same name ends where it does, so it is not a command either.
    start = text.indexOf('deploykf', isWhole ? endOf(syntax.gap, text, name) : name);
  }
  return undefined;
}

/** `CLI=./bin/deploykf` or `CLI ?= $(which deploykf)`; what starts a container is more than a name. */
const programAssignment =
  /(?:^|[\s;&])([A-Za-z_]\w{0,80})[ \t]*[:?]?=[ \t]*["']?(?:\$\((?:which|command -v)[ \t]+)?[^\s"'()=]{0,300}\bdeploykf(?:[-_][\w.-]{1,100}|\.exe)?\)?["']?[ \t]*(?=[\r\n;&#]|$)/g;

/** `ARGS=(generate …)` or `ARGS="generate …"`. */
const listAssignment =
  /(?:^|[\s;&])([A-Za-z_]\w{0,80})[ \t]*[:?]?=[ \t]*(?:\([ \t\r\n]{0,200})?["']?generate(?![\w.-])/g;

function variableCalls(calling: Calling): readonly Call[] {
  const { text } = calling;
  const names = new Set([...text.matchAll(programAssignment)].map(([, name]) => name));
  if (names.size === 0) return [];
  const calls: Call[] = [];
  for (const { index: start, 0: whole, 1: name } of text.matchAll(/\$[{(]?([A-Za-z_]\w{0,80})[})]?["']?/g)) {
    if (!names.has(name)) continue;
    const call = callOf(calling, start, start + whole.length);
    if (call !== undefined) calls.push(call);
  }
  return calls;
}

/** The call of a program from `start` to `from`; `undefined`: another word than `generate` follows it. */
function callOf({ text, syntax: { gap }, lists }: Calling, start: number, from: number): Call | undefined {
  const offset = endOf(gap, text, from);
  if (offset === from) return undefined;
  const end = offset + 'generate'.length;
  if (text.startsWith('generate', offset) && !/\w/.test(text[end] ?? '')) return { start, end, offset };
  listReference.lastIndex = offset;
  const name = lists.size === 0 ? undefined : listReference.exec(text)?.[1];
  if (name === undefined || !lists.has(name)) return undefined;
  return { start, end: offset, offset };
}

const listReference = /["']?\$[{(]?([A-Za-z_]\w{0,80})/y;

function endOf(sticky: RegExp, text: string, from: number): number {
  sticky.lastIndex = from;
  return from + (sticky.exec(text)?.[0].length ?? 0);
}
