import type { StackFinding } from '../findings/finding.ts';
import type { FixChanges } from '../fixes/edits.ts';
import type { FileEdit } from '../text/edit.ts';

export type ActionKind = 'quickfix' | 'refactor' | 'refactor.rewrite' | 'source' | 'source.fixAll.deploykf';

/** What the editor itself does for an action instead of an edit. */
export type ActionStep =
  /** Shows a virtual document. */
  | { readonly kind: 'preview'; readonly document: string }
  /** Asks why findings of a rule are to be ignored at an offset. */
  | { readonly kind: 'ignore'; readonly code: string; readonly offset: number }
  /** Makes a Secret. */
  | { readonly kind: 'pullSecret'; readonly name: string; readonly namespace: string }
  /** Asks for a private registry, and rewrites images to it. */
  | { readonly kind: 'rewrite' }
  /** Shows the page of a rule. */
  | { readonly kind: 'page'; readonly code: string };

interface ActionHead {
  readonly title: string;
  readonly kind: ActionKind;
  /** The one that an editor may apply without asking. */
  readonly isPreferred: boolean;
  /** The findings at the place that it is about: those that it takes away, or does not report any more. */
  readonly findings: readonly StackFinding[];
  readonly step?: ActionStep;
  /** Finds the same action again in the same text. */
  readonly id: string;
}

export interface CodeAction extends ActionHead {
  /**
   * Computed when asked, which the list of actions never does;
   * empty when it turns out that no safe edit exists.
   */
  readonly edits: () => readonly FileEdit[];
}

/** An action before it is known whether another one does the same. */
export interface ActionDraft extends ActionHead {
  /** Empty where it has a step. */
  readonly changes: () => readonly FixChanges[];
}
