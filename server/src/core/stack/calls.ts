import type { Span } from '../text/span.ts';
import type { Syntax } from './commandWords.ts';

/**
 * Where a text calls `deploykf generate`, from the program to the end of `generate`, in text order. The program's name may go on, as in
 * `deploykf-linux-amd64.exe`, or be in a variable that the text assigns. Takes time in proportion to the text.
 */
export function callsIn(text: string, syntax: Syntax): readonly Span[] {
  const calls: Span[] = [];
  for (let call = nextCall(text, syntax, 0); call !== undefined; call = nextCall(text, syntax, call.end))
    calls.push(call);
  const byVariable = variableCalls(text, syntax);
  if (byVariable.length === 0) return calls;
  return [...calls, ...byVariable].sort((a, b) => a.start - b.start);
}

function nextCall(text: string, syntax: Syntax, from: number): Span | undefined {
  let start = text.indexOf('deploykf', from);
  while (start >= 0) {
    const name = endOf(
      /(?:[-_][\w.-]*|\.exe|\/cli(?:[:@][\w.:-]+)?)?["']?/y,
      text,
      start + 'deploykf'.length,
    );
    const isWhole = start === 0 || /\W/.test(text[start - 1] ?? '');
    const end = isWhole ? endOfGenerate(text, syntax, name) : undefined;
    if (end !== undefined) return { start, end };
    // What is in the same name ends where it does, so it is not a command either.
    start = text.indexOf('deploykf', isWhole ? endOf(syntax.gap, text, name) : name);
  }
  return undefined;
}

/** `CLI=./bin/deploykf` or `CLI ?= $(which deploykf)`; what starts a container is more than a name. */
const programAssignment =
  /(?:^|[\s;&])([A-Za-z_]\w{0,80})[ \t]*[:?]?=[ \t]*["']?(?:\$\((?:which|command -v)[ \t]+)?[^\s"'()=]{0,300}\bdeploykf(?:[-_][\w.-]{1,100}|\.exe)?\)?["']?[ \t]*(?=[\r\n;&#]|$)/g;

function variableCalls(text: string, syntax: Syntax): readonly Span[] {
  const names = new Set([...text.matchAll(programAssignment)].map(([, name]) => name));
  if (names.size === 0) return [];
  const calls: Span[] = [];
  for (const { index: start, 0: whole, 1: name } of text.matchAll(/\$[{(]?([A-Za-z_]\w{0,80})[})]?["']?/g)) {
    if (!names.has(name)) continue;
    const end = endOfGenerate(text, syntax, start + whole.length);
    if (end !== undefined) calls.push({ start, end });
  }
  return calls;
}

/** Where the word `generate` ends that follows a program after a gap; `undefined`: another word does. */
function endOfGenerate(text: string, { gap }: Syntax, from: number): number | undefined {
  const word = endOf(gap, text, from);
  const end = word + 'generate'.length;
  if (word === from || !text.startsWith('generate', word) || /\w/.test(text[end] ?? '')) return undefined;
  return end;
}

function endOf(sticky: RegExp, text: string, from: number): number {
  sticky.lastIndex = from;
  return from + (sticky.exec(text)?.[0].length ?? 0);
}
