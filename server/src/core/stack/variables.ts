import type { Span } from '../text/span.ts';
import { shortened } from '../text/shorten.ts';
import type { Turn } from './loops.ts';
import type { CiMap } from './ciMaps.ts';
import { assignmentsOf, innermost, type AssignedVariable } from './assigned.ts';

/**
 * The variables that a script, a Makefile or a CI file assigns in its own text. Where they have several values, those
 * that count at a place are not known, and neither is one that a command makes.
 */
export class Variables {
  readonly #assignments = new Map<string, AssignedVariable[]>();
  /** Those that hold the folder of the script or the directory that it is run in. */
  readonly #folders: ReadonlySet<string>;

  /** Those that a shell asks for, or goes through. */
  readonly #asked: ReadonlySet<string>;

  /** Files that assign others, as written. */
  readonly #read: readonly string[];

  constructor(text: string, ciMaps: readonly CiMap[]) {
    for (const assignment of assignmentsOf(text, ciMaps)) {
      const others = this.#assignments.get(assignment.name);
      if (others === undefined) this.#assignments.set(assignment.name, [assignment]);
      else others.push(assignment);
    }
    this.#folders = folderVariables(text);
    this.#asked = askedVariables(text);
    this.#read = filesRead(text);
  }

  /**
   * A word with the variables filled in that are known at its place; a folder of the script itself becomes `.`. `turn`: what
   * variables of loops have.
   */
  fillIn(word: string, offset: number, turn?: Turn): string {
    if (!word.includes('$')) return word;
    return word.replace(reference, (whole, ...names: readonly (string | undefined)[]) => {
      const [ofWorkflow, inBraces, prefix = '', otherwise, bare] = names;
      const name = ofWorkflow ?? inBraces ?? bare;
      // Only the workspace of a workflow has no name here.
      if (name === undefined || this.#folders.has(name)) return '.';
      const looped = turn?.get(name);
      if (looped !== undefined) return looped.startsWith(prefix) ? looped.slice(prefix.length) : looped;
      const assigned = this.#countingAt(name, offset);
      if (assigned.every(({ isDefault }) => isDefault === true) && otherwise !== undefined)
        return only([...assigned.map(({ value }) => value), otherwise]) ?? whole;
      const value = only(assigned.map(({ value }) => value));
      if (value === undefined) return whole;
      return value.startsWith(prefix) ? value.slice(prefix.length) : value;
    });
  }

  /** Why the first variable of a word is not known at a place, a phrase to put after it. */
  whyOpen(word: string, offset: number): string {
    const name = /\$(?:[{(]|env:|\{\{ *(?:env|vars)\.)*(\w{1,80})/.exec(word)?.[1];
    if (name === undefined) return 'is not a release';
    if (!this.#assignments.has(name)) {
      if (this.#asked.has(name)) return `is not known: ${name} is read when the script runs`;
      const elsewhere = this.#read.length === 0 ? '' : `, perhaps in ${this.#read.join(' or ')}`;
      return `is not known: ${name} is never assigned there${elsewhere}`;
    }
    const values = [...new Set(this.#countingAt(name, offset).map(({ value }) => value))];
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
    if (isSet || environment.length === 0) return own.length > 0 ? own : others;
    return environment;
  }
}

/** Of the values of a variable, so many are named, and so much of each. */
const mostSaid = 3;
const longestSaid = 20;

const reference =
  /\$\{\{ *(?:env|vars)\.(\w{1,80}) *\}\}|\$\{\{ *github\.workspace *\}\}|\$[{(](?:env:)?(\w{1,80})(?:#["']?(\w{1,10})["']?|:?[-=]([^}"'$`]{0,200}))?[})]|\$(?:env:)?(\w{1,80})/g;

/** The one value of them all; `undefined`: none, or they differ. */
function only(values: readonly (string | undefined)[]): string | undefined {
  if (new Set(values).size > 1) return undefined;
  return values[0];
}

const folderAssignment =
  /^[ \t]*(?:- )?(?:export |readonly |local |set |ENV |ARG |\$(?:env:)?)?([A-Za-z_]\w{0,80})(?:[ \t]*(?:[:?]?=)|:)[ \t]?([^\r\n]{0,400})/gm;

/** What scripts work out from their own place. */
const ownFolder =
  /dirname|BASH_SOURCE|MAKEFILE_LIST|CURDIR|PSScriptRoot|\bpwd\b|PWD\b|github\.workspace|CI_PROJECT_DIR/;

function folderVariables(text: string): ReadonlySet<string> {
  const names = new Set(['PWD', 'pwd', 'CURDIR', 'PSScriptRoot', 'GITHUB_WORKSPACE', 'CI_PROJECT_DIR']);
  for (const { 1: name = '', 2: written = '' } of text.matchAll(folderAssignment))
    if (ownFolder.test(written)) names.add(name);
  return names;
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
