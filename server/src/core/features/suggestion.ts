import type { Markdown } from './markdown.ts';

/** Something that may be typed at a place, before it is known how it has to be written there. */
export interface Suggestion {
  /** `key`: of a map, with its colon. `word`: written as it is. `text`: quoted where needed. */
  readonly form: 'key' | 'word' | 'text';
  readonly text: string;
  readonly kind: 'key' | 'section' | 'namespace' | 'pattern' | 'value';
  /** On the line of the list, such as `boolean · default false`. */
  readonly detail: string;
  /** Written before it, such as the dash of an item. */
  readonly lead?: string;
  /** Beside the list; `undefined`: nothing more is known. */
  readonly more?: Markdown;
}
