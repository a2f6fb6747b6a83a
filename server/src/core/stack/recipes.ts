import { firstIndex } from '../text/search.ts';
import type { Span } from '../text/span.ts';

/** A Makefile as the shells of its recipes see it: without the second `$` that Make takes from `$$`. */
export interface Recipes {
  readonly text: string;
  /** What one shell runs: the lines of recipes in text order, each with those that it goes on in. */
  readonly lines: readonly Span[];
  /** The UTF-16 offset in the Makefile of an offset in `text`. */
  readonly outer: (offset: number) => number;
}

/** Takes time in proportion to the text. */
export function recipesOf(makefile: string): Recipes {
  const kept: number[] = [];
  for (const { index } of makefile.matchAll(/\$\$/g)) kept.push(index - kept.length);
  const text = makefile.replaceAll('$$', () => '$');
  const outer = (offset: number): number => offset + firstIndex(kept, at => at >= offset);
  const isOneShell = /^\.ONESHELL[ \t]*:/m.test(text);
  return { text, lines: isOneShell ? [] : linesIn(text), outer };
}

function linesIn(text: string): readonly Span[] {
  return Array.from(text.matchAll(/^\t(?:[^\n\\]|\\(?:\r?\n|[^\n]|$))*/gm), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}
