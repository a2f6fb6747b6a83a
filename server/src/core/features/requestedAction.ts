import type { Change } from '../findings/finding.ts';

/** What a user may ask for at a place, without a finding there. */
export interface RequestedAction {
  readonly title: string;
  readonly kind: 'refactor' | 'refactor.rewrite' | 'source';
  /** A virtual document that it shows. */
  readonly document?: string;
  /** Empty where it only shows something. */
  readonly changes: () => readonly Change[];
}
