import type { Span } from '../text/span.ts';

/** A comment that suppresses findings of some codes in some lines. */
export interface SuppressionComment {
  readonly kind: 'comment';
  /** `undefined`: the comment has a word that means nothing. */
  readonly scope: 'line' | 'block' | 'file' | undefined;
  /** Its first word as written, such as `deploykf-values-ignore`. */
  readonly word: string;
  readonly codes: readonly SuppressedCode[];
  /** Empty when none is given. */
  readonly reason: string;
  /** From the `#` to the last character. */
  readonly span: Span;
  /** The lines whose findings it suppresses, 0-based, both included. */
  readonly lines: { readonly first: number; readonly last: number };
  /** It is in a quoted text of one line, where no edit can take it out. */
  readonly isEscaped: boolean;
}

export interface SuppressedCode {
  readonly code: string;
  readonly span: Span;
}

/** An entry of `suppressions` in the project file. */
export interface SuppressionEntry {
  readonly kind: 'entry';
  readonly code: string;
  /** Only at this value path and below. */
  readonly path: string | undefined;
  /** Only this image, canonical: `registry/path`, or with its tag. */
  readonly image: string | undefined;
  readonly reason: string;
  /** The last day that it holds for, `2026-12-31`; `undefined`: for ever. */
  readonly until: string | undefined;
  /** Its place in the list. */
  readonly index: number;
  /** Where it is in the project file. */
  readonly span: Span;
}

export type Suppression = SuppressionComment | SuppressionEntry;

/** Whether an entry no longer holds on a day, `2026-12-31`; `undefined`: the day is not known, and it does. */
export function isExpired({ until }: SuppressionEntry, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && today > until;
}
