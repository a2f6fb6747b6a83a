import type { Span } from '../text/span.ts';
import type { Word } from './commandWords.ts';

/** A loop of a shell over words that are written in it: `for env in dev prod; do … done`. */
export interface Loop {
  /** UTF-16 offset of its `for`. */
  readonly offset: number;
  readonly name: string;
  readonly values: readonly string[];
  /** From after `do` to its `done`. */
  readonly body: Span;
}

/** The values that variables of loops have in one turn. */
export type Turn = ReadonlyMap<string, string>;

/** More turns are not looked at one by one. */
export const mostTurns = 20;

const start =
  /(?<![\w$])for[ \t]+([A-Za-z_]\w{0,80})[ \t]+in[ \t]+(?:([^;\r\n$`*?(){}[\]]{1,500})|"?\$\{(\w{1,80})\[[@*]\]\}"?[ \t]*)(?:;|\r?\n)[ \t\r\n]{0,20}do(?![\w-])/g;

/** `FILES=(a.yaml b.yaml)` and `FILES+=(c.yaml)`. */
const array =
  /(?:^|[;&])[ \t]*(?:(?:readonly|local|declare[ \t]+-a)[ \t]+)?([A-Za-z_]\w{0,80})(\+?=)\(([^()$`*?{}[\]]{0,1000})\)/gm;

/** The words of arrays that are assigned once and nothing is added to. */
function arraysOf(text: string): ReadonlyMap<string, string> {
  const arrays = new Map<string, string>();
  const lost = new Set<string>();
  for (const [, name = '', operator, words = ''] of text.matchAll(array)) {
    if (arrays.has(name) || operator !== '=') lost.add(name);
    arrays.set(name, words);
  }
  for (const [, name = ''] of text.matchAll(/(?<![\w$])([A-Za-z_]\w{0,80})\+=/g)) lost.add(name);
  for (const name of lost) arrays.delete(name);
  return arrays;
}

/** The loops of a text whose words need no shell to be known, outer ones first. Takes time in proportion to the text. */
export function loopsOf(text: string): readonly Loop[] {
  if (!text.includes('for')) return [];
  const ends = bodyEnds(text);
  const arrays = arraysOf(text);
  const loops: Loop[] = [];
  for (const match of text.matchAll(start)) {
    const [whole, name = '', listed, inArray = ''] = match;
    const from = match.index + whole.length;
    const end = ends.get(from);
    const words = listed ?? arrays.get(inArray) ?? '';
    const values = words.split(/\s+/).filter(word => word !== '');
    if (end === undefined || values.length === 0 || values.some(word => /["'\\#]/.test(word.slice(1, -1))))
      continue;
    loops.push({ offset: match.index, name, values: values.map(unquoted), body: { start: from, end } });
  }
  return loops;
}

function unquoted(word: string): string {
  return word.replace(/^(["'])(.*)\1$/, '$2');
}

/** Where the body that begins after a `do` ends. */
function bodyEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const match of text.matchAll(/(?<![\w$./-])(?:do|done)(?![\w./-])/g)) {
    if (match[0] === 'do') {
      open.push(match.index + match[0].length);
      continue;
    }
    const from = open.pop();
    if (from !== undefined) ends.set(from, match.index);
  }
  return ends;
}

/** The turns of the loops around a place that words use the variables of, in each of those that their shell is `started` with. */
export function turnsAt(
  loops: readonly Loop[],
  offset: number,
  words: readonly Word[],
  started: readonly Turn[],
): readonly Turn[] {
  let turns = started;
  for (const { name, values, body } of loops) {
    const isAround = body.start <= offset && offset < body.end;
    if (!isAround || !words.some(({ text }) => text.includes(`$${name}`) || text.includes(`\${${name}}`)))
      continue;
    if (turns.length * values.length > mostTurns) return started;
    turns = turns.flatMap(turn => values.map(value => new Map([...turn, [name, value]])));
  }
  return turns;
}
