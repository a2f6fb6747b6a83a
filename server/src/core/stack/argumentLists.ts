import { words, type Syntax, type Word } from './commandWords.ts';

/** Arguments that a script puts into a variable, once or to those that are there. */
interface ArgumentList {
  /** UTF-16 offset of the assignment. */
  readonly offset: number;
  readonly isAdded: boolean;
  /** What is before it in its line; deeper or after a condition, the shell may not come to it. */
  readonly before: string;
  readonly words: readonly Word[];
}

/** Variables in variables are followed so far. */
const deepest = 5;

/** Words and lists that are looked at for one command; people need a few. */
const mostWork = 5000;

/**
 * The arguments that a script has in variables: `ARGS="--values a.yaml"`, `ARGS=(--values a.yaml)`, `ARGS+=( … )`, and
 * `ARGS = --values a.yaml` of a Makefile. Takes time in proportion to the text.
 */
export class ArgumentLists {
  readonly #lists = new Map<string, ArgumentList[]>();

  constructor(text: string, syntax: Syntax) {
    for (const match of text.matchAll(assignment)) {
      const [whole, before = '', name = '', operator = '', opening = ''] = match;
      const from = match.index + whole.length;
      const found = opening === '(' ? arrayWords(text, syntax, from) : lineWords(text, syntax, from, opening);
      if (!found.some(word => word.text.startsWith('-'))) continue;
      const list = { offset: match.index, isAdded: operator.includes('+'), before, words: found };
      const others = this.#lists.get(name);
      if (others === undefined) this.#lists.set(name, [list]);
      else others.push(list);
    }
  }

  /**
   * The words of a command at an offset, in a line with this indentation, with those in place of a variable that is a word of its own.
   * Where only the shell knows whether it comes to an addition, `--values` and the variable stand for what that may have.
   */
  filledIn(found: readonly Word[], offset: number, indent: string): readonly Word[] {
    if (this.#lists.size === 0) return found;
    return this.#filledIn(found, { offset, indent }, { left: mostWork, depth: 0 });
  }

  #filledIn(found: readonly Word[], at: Place, work: Work): readonly Word[] {
    return found.flatMap(word => {
      const lists = this.#lists.get(reference.exec(word.text)?.[1] ?? '') ?? [];
      work.left -= lists.length + 1;
      if (work.left < 0 || work.depth > deepest) return [word];
      const before = lists.filter(list => list.offset < at.offset);
      if (before.length === 0 || before.filter(({ isAdded }) => !isAdded).length > 1) return [word];
      const isOpen = (list: ArgumentList): boolean => list.isAdded && !isSure(list, at);
      const known = before.filter(list => !isOpen(list)).flatMap(list => list.words);
      work.depth++;
      const all = this.#filledIn(known, at, work);
      work.depth--;
      return before.some(isOpen) ? [...all, { ...word, text: '--values' }, word] : all;
    });
  }
}

/** Where a command is. */
interface Place {
  readonly offset: number;
  readonly indent: string;
}

interface Work {
  left: number;
  depth: number;
}

/** Whether a shell that comes to the command has been there. */
function isSure({ before }: ArgumentList, { indent }: Place): boolean {
  return before.trim() === '' && before.length <= indent.length;
}

const assignment =
  /^([ \t]*(?:[^\n=#"']{1,200}(?:&&|\|\||;|\bthen\b)[ \t]*)?)(?:export |readonly |local |declare (?:-a )?|typeset (?:-a )?)?([A-Za-z_]\w{0,80})(\+=|[ \t]*[:?]?=|[ \t]+\+=)[ \t]*(\(|["']|(?=--?\w))/gm;

const reference = /^\$(?:[{(]?)([A-Za-z_]\w{0,80})(?:\[[@*]\])?[})]?$/;

/** More lines in one list are not written by people. */
const mostLines = 200;

/** Those of each line up to the `)`. */
function arrayWords(text: string, syntax: Syntax, from: number): readonly Word[] {
  const found: Word[] = [];
  let start = from;
  for (let line = 0; line < mostLines; line++) {
    const next = text.indexOf('\n', start);
    const to = next < 0 ? text.length : next;
    const own = words(text, { syntax, from: start, to, within: undefined, folded: undefined });
    found.push(...own);
    const rest = text.slice(own.at(-1)?.span.end ?? start, to);
    if (next < 0 || /^["']?\s*\)/.test(rest)) return found;
    start = next + 1;
  }
  return [];
}

function lineWords(text: string, syntax: Syntax, from: number, quote: string): readonly Word[] {
  const within = quote === '' ? undefined : quote;
  return words(text, { syntax, from, to: text.length, within, folded: undefined });
}
