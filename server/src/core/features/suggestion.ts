import type { Body } from './blockSnippet.ts';
import type { Markdown } from './markdown.ts';

/** Something that may be typed at a place, before it is known how it has to be written there. */
export interface Suggestion {
  /** `key`: of a map, with its colon. `word`: written as it is. `text`: quoted where needed. `block`: its body alone. */
  readonly form: 'key' | 'word' | 'text' | 'block';
  readonly text: string;
  readonly kind: 'key' | 'section' | 'block' | 'namespace' | 'pattern' | 'value' | 'image' | 'file' | 'name';
  /** On the line of the list, such as `boolean · default false`. */
  readonly detail: string;
  /** Written before it, such as the dash of an item. */
  readonly lead?: string;
  /** Beside the list; `undefined`: nothing more is known. */
  readonly more?: Markdown;
  /** What is written with it where there is room for lines: below a key, or as an item. */
  readonly body?: Body;
  /** Something can be chosen after it. */
  readonly leadsOn?: boolean;
}

/** A text that is written with quotes where it needs them. */
export function textSuggestion(text: string, kind: Suggestion['kind'], detail: string): Suggestion {
  return { form: 'text', text, kind, detail };
}

/** The first of those with the same text. */
export function distinct(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const first = new Map<string, Suggestion>();
  for (const suggestion of suggestions)
    if (!first.has(suggestion.text)) first.set(suggestion.text, suggestion);
  return [...first.values()];
}
