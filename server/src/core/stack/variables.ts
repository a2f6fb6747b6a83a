import type { Span } from '../text/span.ts';
import { shortened } from '../text/shorten.ts';
import type { Turn } from './loops.ts';
import { assignmentsOf, innermost, type AssignedVariable, type ShellsOfText } from './assigned.ts';
import { mayBeFilledIn } from './filledIn.ts';
import { ownPlacesIn, withOwnPlaces } from './ownPlaces.ts';

/**
 * The variables that a script, a Makefile or a CI file assigns in its own text. Where they have several values, those
 * that count at a place are not known, and neither is one that a command makes.
 */
export class Variables {
  readonly #assignments = new Map<string, AssignedVariable[]>();
  /** Those that hold a place of the script's own. */
  readonly #places: ReadonlyMap<string, string>;

  /** Those that a shell asks for, or goes through. */
  readonly #asked: ReadonlySet<string>;

  /** Files that assign others, as written. */
  readonly #read: readonly string[];

  /** What is made of other variables. */
  readonly #built = new Map<Turn | undefined, Map<AssignedVariable, string | undefined>>();

  constructor(text: string, shells: ShellsOfText) {
    for (const assignment of assignmentsOf(text, shells)) {
      const others = this.#assignments.get(assignment.name);
      if (others === undefined) this.#assignments.set(assignment.name, [assignment]);
      else others.push(assignment);
    }
    this.#places = ownPlacesIn(text);
    this.#asked = askedVariables(text);
    this.#read = filesRead(text);
  }

  /**
   * A word with the variables filled in that are known at its place, also those that are made of others; a folder of the script itself
   * becomes `.`, the top of its work tree `:`. `turn`: what variables of loops have.
   */
  fillIn(word: string, offset: number, turn?: Turn): string {
    if (!/[$`]/.test(word)) return word;
    return this.#filled(word, { offset, depth: 0, turn });
  }

  #filled(word: string, place: Place): string {
    return withOwnPlaces(word).replace(
      reference,
      (whole, ...names: readonly (string | undefined)[]) => this.#valueAt(names, place) ?? whole,
    );
  }

  /** What is in place of a reference; `undefined`: it is not known. */
  #valueAt(
    [ofWorkflow, inBraces, prefix = '', otherwise, bare]: readonly (string | undefined)[],
    { offset, depth, turn }: Place,
  ): string | undefined {
    const name = ofWorkflow ?? inBraces ?? bare;
    // Only the workspace of a workflow has no name here.
    if (name === undefined) return '.';
    const place = this.#places.get(name);
    if (place !== undefined)
      return depth < deepest ? this.#filled(place, { offset, depth: deepest }) : undefined;
    const assigned = this.#countingAt(name, offset);
    const values = assigned.map(one => this.#valueOf(one, assigned.length, { depth, turn }));
    const isOpen = assigned.every(({ isDefault }) => isDefault === true) && otherwise !== undefined;
    const value = turn?.get(name) ?? only(isOpen ? [...values, otherwise] : values);
    return value?.startsWith(prefix) === true ? value.slice(prefix.length) : value;
  }

  /** The value that an assignment gives, one of so many; `undefined`: only a shell can tell. */
  #valueOf(
    assigned: AssignedVariable,
    among: number,
    { depth, turn }: Pick<Place, 'depth' | 'turn'>,
  ): string | undefined {
    const { value, built, offset } = assigned;
    if (built === undefined || among > mostBuilt || depth >= deepest) return value;
    const memo = this.#builtIn(turn);
    if (memo.has(assigned)) return memo.get(assigned);
    // One that is made of itself is not known.
    memo.set(assigned, undefined);
    const filled = this.#filled(built, { offset, depth: depth + 1, turn });
    const known = mayBeFilledIn(filled) || filled.length > longestBuilt ? undefined : filled;
    memo.set(assigned, known);
    return known;
  }

  /** What is made of others, as it is in a turn. */
  #builtIn(turn: Turn | undefined): Map<AssignedVariable, string | undefined> {
    const known = this.#built.get(turn) ?? new Map<AssignedVariable, string | undefined>();
    this.#built.set(turn, known);
    return known;
  }

  /** Why the first variable of a word is not known at a place, a phrase to put after it. */
  whyOpen(word: string, offset: number): string {
    const name = /\$(?:[{(]|env:|\{\{ *(?:env|vars)\.)*(\w{1,80})/.exec(word)?.[1];
    if (/\$\{\{ *matrix\./.test(word)) return 'is not known: it is one of several in a matrix';
    if (name === undefined) return 'is not a release';
    if (/^\d+$/.test(name)) return 'is not known: it is an argument of the script';
    if (!this.#assignments.has(name)) {
      if (this.#asked.has(name)) return `is not known: ${name} is read when the script runs`;
      const elsewhere = this.#read.length === 0 ? '' : `, perhaps in ${this.#read.join(' or ')}`;
      return `is not known: ${name} is never assigned there${elsewhere}`;
    }
    const assigned = this.#countingAt(name, offset);
    const values = [
      ...new Set(assigned.map(one => this.#valueOf(one, assigned.length, { depth: 0, turn: undefined }))),
    ];
    if (values.length === 0) return `is not known: ${name} is assigned only for other jobs or steps there`;
    if (values.includes(undefined)) return `is not known: ${name} is assigned what only a run tells`;
    if (values.length === 1) return `is not known: what is made of ${name} there is not understood`;
    const some = values.slice(0, mostSaid).map(value => shortened(value ?? '', longestSaid));
    const more = values.length > mostSaid ? ', …' : '';
    return `is not known: ${name} is assigned several values there (${some.join(', ')}${more})`;
  }

  /** Where the environment of a CI file gives a variable the one value that it has at a place; `undefined`: nowhere. */
  environmentSpan(name: string, offset: number): Span | undefined {
    const [first, ...others] = this.#countingAt(name, offset);
    if (first?.value === undefined || others.some(({ value }) => value !== first.value)) return undefined;
    return first.span;
  }

  /**
   * What a shell of the same step assigns counts first, then the innermost environment around the place, then what is
   * assigned anywhere, but not in the environment of something else.
   */
  #countingAt(name: string, offset: number): readonly AssignedVariable[] {
    const all = this.#assignments.get(name) ?? [];
    const others = all.filter(({ by }) => by !== 'environment');
    const own = innermost(others, offset);
    const isSet = own.some(({ isDefault }) => isDefault !== true);
    const environment = innermost(
      all.filter(({ by }) => by === 'environment'),
      offset,
    );
    if (!isSet && environment.length > 0) return environment;
    if (own.length > 0) return own;
    const anywhere = others.filter(({ scope }) => scope === undefined);
    return anywhere.length > 0 ? anywhere : others;
  }
}

/** Where a word is filled in. */
interface Place {
  readonly offset: number;
  /** How many variables it is in. */
  readonly depth: number;
  readonly turn?: Turn | undefined;
}

/** Variables in variables are followed so far. */
const deepest = 5;

/** Assignments of one variable that are made of others, and UTF-16 units of each: people need fewer. */
const mostBuilt = 50;
const longestBuilt = 1000;

/** Of the values of a variable, so many are named, and so much of each. */
const mostSaid = 3;
const longestSaid = 20;

const reference =
  /\$\{\{ *(?:env\.|vars\.|(?=matrix\.))((?:matrix\.)?[\w-]{1,80}) *\}\}|\$\{\{ *github\.workspace *\}\}|\$[{(](?:env:)?(\w{1,80})(?:#["']?(\w{1,10})["']?|:?[-=]([^}"'$`]{0,200}))?[})]|\$(?:env:)?(\w{1,80})/g;

/** The one value of them all; `undefined`: none, or they differ. */
function only(values: readonly (string | undefined)[]): string | undefined {
  if (new Set(values).size > 1) return undefined;
  return values[0];
}

/** `read -r NAME OTHER`, `for NAME in`, `getopts "x:" NAME`, `printf -v NAME`, `mapfile NAME`. */
function askedVariables(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, words = ''] of text.matchAll(
    /\b(?:read|mapfile|readarray|getopts|printf -v|for|select)[ \t]+([^\n;|&<]{1,200})/g,
  ))
    for (const [name] of words.matchAll(/(?<![\w$-])[A-Za-z_]\w{0,80}/g)) names.add(name);
  return names;
}

/** `source ./x.env`, `. x.env`, `include x.mk`, as written. */
function filesRead(text: string): readonly string[] {
  const found = text.matchAll(
    /(?:^|[;&])[ \t]*(?:source|\.|-?include)[ \t]+["']?([\w./-]{1,80})["']?(?=[ \t]*(?:$|[;&|#]))/gm,
  );
  return [...new Set([...found].map(([, path = '']) => path))].slice(0, mostSaid);
}
