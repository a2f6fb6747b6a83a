import { words, type Syntax, type Word } from './commandWords.ts';
import type { Loop } from './loops.ts';
import type { Variables } from './variables.ts';

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

/** More loops in one script are not written by people. */
const mostLoops = 200;

/** More ways to one command are not told apart. */
const mostWays = 8;

/** Words and lists that are looked at for one command; people need a few. */
const mostWork = 5000;

/**
 * The arguments that a script has in variables: `ARGS="--values a.yaml"`, `ARGS=(--values a.yaml)`, `ARGS+=( … )`, and
 * `ARGS = --values a.yaml` of a Makefile, or that a CI file gives it by its environment. Takes time in proportion to the text.
 */
export class ArgumentLists {
  readonly #text: string;
  readonly #syntax: Syntax;
  readonly #variables: Variables;
  readonly #lists = new Map<string, ArgumentList[]>();

  constructor(text: string, syntax: Syntax, { variables, loops }: KnownNames) {
    this.#text = text;
    this.#syntax = syntax;
    this.#variables = variables;
    for (const match of text.matchAll(assignment)) {
      const [whole, before = '', name = '', operator = '', opening = ''] = match;
      const from = match.index + whole.length;
      const found = opening === '(' ? arrayWords(text, syntax, from) : lineWords(text, syntax, from, opening);
      // `ARGS="$ARGS --values b.yaml"` adds, too.
      const own = found.filter(word => nameIn(word) !== name);
      const isAdded = operator.includes('+') || own.length < found.length;
      const mayHold = (word: Word): boolean =>
        word.text.startsWith('-') || (isAdded && word.text.startsWith('$'));
      if (!own.some(mayHold)) continue;
      const list = inLoop({ offset: match.index, isAdded, before, words: own }, loops, text);
      const others = this.#lists.get(name);
      if (others === undefined) this.#lists.set(name, [list]);
      else others.push(list);
    }
  }

  /**
   * The words of a command at an offset, in a line with this indentation, with those in place of a variable that is a word of its own:
   * one for each way that a shell may have come there. Where these are too many, `--values` and the variable stand for what it may have.
   */
  waysTo(found: readonly Word[], offset: number, indent: string): readonly (readonly Word[])[] {
    return this.#ways(found, { offset, indent, depth: 0 }, { left: mostWork });
  }

  #ways(found: readonly Word[], at: Place, work: Work): readonly (readonly Word[])[] {
    let ways: readonly (readonly Word[])[] = [[]];
    for (const word of found) {
      let own = this.#waysOf(word, at, work);
      if (ways.length * own.length > mostWays) own = [[{ ...word, text: '--values' }, word]];
      ways = ways.flatMap(way => own.map(words => [...way, ...words]));
    }
    return ways;
  }

  #waysOf(word: Word, at: Place, work: Work): readonly (readonly Word[])[] {
    const name = nameIn(word);
    if (name === undefined) return [[word]];
    const lists = this.#lists.get(name) ?? [];
    work.left -= lists.length + 1;
    if (work.left < 0 || at.depth > deepest) return [[word]];
    const before = lists.filter(list => list.offset < at.offset);
    const inside = { ...at, depth: at.depth + 1 };
    if (before.length === 0) return this.#ways(this.#ofEnvironment(name, at.offset) ?? [word], inside, work);
    return choicesOf(before, at).flatMap(choice => this.#ways(choice, inside, work));
  }

  /** The words that the environment of a CI file gives a variable at a place; `undefined`: none, or no arguments. */
  #ofEnvironment(name: string, offset: number): readonly Word[] | undefined {
    const span = this.#variables.environmentSpan(name, offset);
    if (span === undefined) return undefined;
    const quote = /["']/.exec(this.#text[span.start] ?? '')?.[0];
    const text = this.#text.slice(0, span.end);
    const found = lineWords(text, this.#syntax, span.start + (quote?.length ?? 0), quote ?? '');
    return found.some(word => word.text.startsWith('-')) ? found : undefined;
  }
}

interface KnownNames {
  readonly variables: Variables;
  /** Outer ones first. */
  readonly loops: readonly Loop[];
}

/** What a loop over written words adds in each turn is added where the loop is. */
function inLoop(list: ArgumentList, loops: readonly Loop[], text: string): ArgumentList {
  if (!list.isAdded || list.before.trim() !== '' || loops.length > mostLoops) return list;
  const around = loops.filter(({ body }) => body.start <= list.offset && list.offset < body.end);
  const [loop, ...others] = around;
  if (loop === undefined || others.length > 0) return list;
  const lineStart = text.lastIndexOf('\n', loop.offset - 1) + 1;
  // In the body, only what every turn comes to is sure.
  const isFirst = text.slice(loop.body.start, list.offset).trim() === '';
  const before = isFirst ? text.slice(lineStart, loop.offset) : list.before;
  const turned = loop.values.flatMap(value => list.words.map(word => filledWith(word, loop.name, value)));
  return { ...list, before, words: turned };
}

function filledWith(word: Word, name: string, value: string): Word {
  const text = word.text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, inBraces: string | undefined, bare: string | undefined) =>
      (inBraces ?? bare) === name ? value : whole,
  );
  return text === word.text ? word : { ...word, text };
}

/** What a variable may have: what is sure, with each of what is not; nothing of that where there is only one. */
function choicesOf(lists: readonly ArgumentList[], at: Place): readonly (readonly Word[])[] {
  const last = lists.findLastIndex(list => !list.isAdded && isSure(list, at));
  const counting = lists.slice(Math.max(0, last));
  const starts = counting.filter(list => !list.isAdded);
  const additions = counting.filter(list => list.isAdded);
  const sure = additions.filter(list => isSure(list, at));
  const open = additions.filter(list => !isSure(list, at));
  const added = open.length > 1 ? open.map(list => [list]) : [[], ...open.map(list => [list])];
  const started = starts.length === 0 ? [[]] : starts.map(list => [list]);
  return started.flatMap(start =>
    added.map(some =>
      [...start, ...sure, ...some].sort((a, b) => a.offset - b.offset).flatMap(list => list.words),
    ),
  );
}

/** Where a command is. */
interface Place {
  readonly offset: number;
  readonly indent: string;
  /** How many variables it is in. */
  readonly depth: number;
}

interface Work {
  left: number;
}

/** Whether a shell that comes to the command has been there. */
function isSure({ before }: ArgumentList, { indent }: Place): boolean {
  return before.trim() === '' && before.length <= indent.length;
}

const assignment =
  /^([ \t]*(?:(?:[^\n#"']|"[^"\n]{0,100}"|'[^'\n]{0,100}'){1,200}?(?:&&|\|\||;|\bthen\b)[ \t]*)?)(?:export |readonly |local |declare (?:-a )?|typeset (?:-a )?)?([A-Za-z_]\w{0,80})(\+=|[ \t]*[:?]?=|[ \t]+\+=)[ \t]*(\(|["']|(?=--?\w|generate[ \t]))/gm;

const reference = /^\$(?:[{(]?)([A-Za-z_]\w{0,80})(?:\[[@*]\])?[})]?$/;

/** The variable that a word is; `undefined`: it is something else. */
function nameIn({ text }: Word): string | undefined {
  return reference.exec(text)?.[1];
}

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
