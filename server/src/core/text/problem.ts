import type { Span } from './span.ts';

/** Something that is wrong with a text, and where. */
export interface Problem {
  /** A sentence without a full stop. */
  readonly message: string;
  readonly span: Span;
}
