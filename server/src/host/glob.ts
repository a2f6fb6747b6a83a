/** How much matching may cost, in characters looked at. It is shared, and used up. */
export interface Budget {
  left: number;
}

/**
 * One piece of a pattern: a character, a test of one (`?`, `[a-z]`), any number of characters (`*`), or a slash. Texts are
 * bytes, a character each, as git has them: `?` is one byte.
 */
type Token = string | CharacterClass | typeof any | typeof star | typeof slash;

interface CharacterClass {
  /** Each two are the first and the last character of a range. */
  readonly ranges: string;
  readonly isNegated: boolean;
}

const any = 1;
const star = 2;
const slash = 3;

/** A part between slashes; `folders`: two or more asterisks alone, which stand for any number of parts. */
type Part = readonly Token[] | 'folders';

/** A pattern as those of git: its `wildmatch` with `WM_PATHNAME`. */
export interface Glob {
  /** The text that a pattern without wildcards stands for. */
  readonly literal: string | undefined;
  /** What every match begins and ends with. */
  readonly beginning: string;
  readonly ending: string;
  readonly parts: readonly Part[];
}

/** `undefined`: the pattern is broken and matches nothing. */
export function parseGlob(pattern: string): Glob | undefined {
  const tokens = readTokens(pattern);
  if (tokens === undefined) return undefined;
  const plain = tokens.map(token => (typeof token === 'string' ? token : ''));
  const first = plain.indexOf('');
  return {
    literal: literalOf(tokens),
    beginning: plain.slice(0, first < 0 ? plain.length : first).join(''),
    ending: plain.slice(plain.lastIndexOf('') + 1).join(''),
    parts: partsOf(tokens),
  };
}

function literalOf(tokens: readonly Token[]): string | undefined {
  let text = '';
  for (const token of tokens) {
    if (token === slash) text += '/';
    else if (typeof token === 'string') text += token;
    else return undefined;
  }
  return text;
}

function partsOf(tokens: readonly Token[]): readonly Part[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === slash) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const found = parts.map((part): Part => {
    const isFolders = part.length > 1 && part.every(token => token === star);
    return isFolders ? 'folders' : part;
  });
  // At the end, any number of folders is at least something.
  if (found.at(-1) === 'folders') return [...found, [star]];
  return found;
}

const specials: Readonly<Record<string, Token | undefined>> = { '*': star, '?': any, '/': slash };

function readTokens(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '[') {
      const foundClass = readClass(pattern, at);
      if (foundClass === undefined) return undefined;
      tokens.push(foundClass.token);
      at = foundClass.end;
    } else if (char === '\\') {
      at++;
      const escaped = pattern[at];
      if (escaped === undefined) return undefined;
      tokens.push(escaped === '/' ? slash : escaped);
    } else tokens.push(specials[char] ?? char);
  }
  return tokens;
}

interface FoundClass {
  readonly token: CharacterClass;
  /** The index of the closing bracket. */
  readonly end: number;
}

/** A set in brackets, read step by step as git's `wildmatch.c` does; `undefined`: it is broken. */
function readClass(pattern: string, from: number): FoundClass | undefined {
  const isNegated = /[!^]/.test(pattern[from + 1] ?? '');
  const start = isNegated ? from + 2 : from + 1;
  const ranges: string[] = [];
  let previous: string | undefined;
  for (let at = start; at < pattern.length; at++) {
    if (pattern[at] === ']' && at > start) return { token: { ranges: ranges.join(''), isNegated }, end: at };
    const item = readItem(pattern, at, previous);
    if (item === undefined) return undefined;
    ranges.push(item.ranges);
    previous = item.previous;
    at = item.end;
  }
  return undefined;
}

interface ClassItem {
  readonly ranges: string;
  /** The character that a range may begin with. */
  readonly previous: string | undefined;
  readonly end: number;
}

function readItem(pattern: string, at: number, previous: string | undefined): ClassItem | undefined {
  const char = pattern[at] ?? '';
  const next = pattern[at + 1] ?? '';
  if (char === '\\' && next === '') return undefined;
  if (char === '\\') return single(next, at + 1);
  if (char === '-' && previous !== undefined && next !== '' && next !== ']') {
    const end = next === '\\' ? at + 2 : at + 1;
    const last = pattern[end];
    if (last === undefined) return undefined;
    return { ranges: previous + last, previous: undefined, end };
  }
  if (char === '[' && next === ':') return readNamed(pattern, at);
  return single(char, at);
}

function single(char: string, end: number): ClassItem {
  return { ranges: char + char, previous: char, end };
}

/** Such as `[:alpha:]`; without its end, the bracket is one like others. */
function readNamed(pattern: string, at: number): ClassItem | undefined {
  const end = pattern.indexOf(']', at + 2);
  if (end < 0) return undefined;
  if (end === at + 2 || pattern[end - 1] !== ':') return single('[', at);
  const ranges = namedRanges.get(pattern.slice(at + 2, end - 1));
  if (ranges === undefined) return undefined;
  return { ranges, previous: undefined, end };
}

/** Of the C locale, which git has its own tables of. */
const namedRanges: ReadonlyMap<string, string> = new Map([
  ['alnum', '09AZaz'],
  ['alpha', 'AZaz'],
  ['blank', '  \t\t'],
  ['cntrl', '\0\x1f\x7f\x7f'],
  ['digit', '09'],
  ['graph', '!~'],
  ['lower', 'az'],
  ['print', ' ~'],
  ['punct', '!/:@[`{~'],
  ['space', '  \t\r'],
  ['upper', 'AZ'],
  ['xdigit', '09AFaf'],
]);

function isIn({ ranges, isNegated }: CharacterClass, char: string): boolean {
  for (let at = 0; at < ranges.length; at += 2) {
    if (char >= (ranges[at] ?? '') && char <= (ranges[at + 1] ?? '')) return !isNegated;
  }
  return isNegated;
}

/** Whether a whole path matches, by its parts between slashes. Its cost is at most the product of both lengths. */
export function matchesPath({ parts }: Glob, steps: readonly string[], budget: Budget): boolean {
  return matchesAll(parts, steps, budget, pathRule);
}

interface MatchRule<Wanted, Found> {
  /** Whether it stands for any number of what is to be matched. */
  readonly isWild: (wanted: Wanted) => boolean;
  readonly matches: (wanted: Wanted, nonNullable: Found, budget: Budget) => boolean;
}

const nameRule: MatchRule<Token, string> = { isWild: token => token === star, matches: matchesCharacter };

const pathRule: MatchRule<Part, string> = {
  isWild: part => part === 'folders',
  matches: (part, step, budget) => part !== 'folders' && matchesAll(part, step, budget, nameRule),
};

function matchesCharacter(token: Token, char: string, budget: Budget): boolean {
  if (typeof token === 'string') return token === char;
  if (typeof token !== 'object') return token === any;
  budget.left -= token.ranges.length;
  return isIn(token, char);
}

/**
 * Matches one sequence against another. Where it fails, only the last wild place takes one more: what the places before it
 * took first leaves the most to match, so nothing else has to be tried.
 */
function matchesAll<Wanted, Found>(
  wanted: ArrayLike<Wanted>,
  arrayLike: ArrayLike<Found>,
  budget: Budget,
  { isWild, matches }: MatchRule<Wanted, Found>,
): boolean {
  let at = 0;
  let index = 0;
  let wild = -1;
  let wildFrom = 0;
  while (index < arrayLike.length && budget.left >= 0) {
    const piece = wanted[at];
    budget.left--;
    if (piece !== undefined && isWild(piece)) {
      wild = at;
      wildFrom = index;
      at++;
    } else if (piece !== undefined && matches(piece, arrayLike[index] as Found, budget)) {
      at++;
      index++;
    } else if (wild >= 0) {
      at = wild + 1;
      wildFrom++;
      index = wildFrom;
    } else return false;
  }
  while (at < wanted.length && isWild(wanted[at] as Wanted)) at++;
  return at === wanted.length && budget.left >= 0;
}
