import type { Span } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Position } from '../text/sourceText.ts';
import type { Layer } from '../stack/layer.ts';
import type { Value } from '../yaml/value.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** What a fix changes. Changes of several fixes can be made at once: see `changesToEdits`. */
export type Change =
  /** Gives a value path its value in one layer, by the smallest edit. */
  | { readonly kind: 'set'; readonly layer: Layer; readonly path: readonly string[]; readonly value: Value }
  /** Takes a key out of one layer, and the maps above that would be left empty. */
  | { readonly kind: 'remove'; readonly layer: Layer; readonly path: readonly string[] }
  | { readonly kind: 'edit'; readonly uri: string; readonly edits: readonly TextEdit[] }
  /** Makes a file that does not exist. */
  | { readonly kind: 'create'; readonly uri: string; readonly text: string };

export interface Fix {
  /** What happens, in the imperative: `Rewrite to harbor.example.com/istio/pilot`. */
  readonly title: string;
  /**
   * `all`: the one right answer, also applied by `source.fixAll.deploykf` and `deploykf-values fix`. `named`: right for whoever asks for
   * the finding's code by name. `choice`: one of several, or with a price.
   */
  readonly applies: 'all' | 'named' | 'choice';
  /** Of several choices the one that an editor offers first; without it, that is the one for `all`. */
  readonly isPreferred?: true;
  /** It writes a whole manifest of the whole stack, which takes long to make: reports leave it to editors and `fix`. */
  readonly isManifest?: true;
  /** Computed only when the fix is asked for; empty when it turns out that no safe edit exists. */
  readonly changes: () => readonly Change[];
}

/** What a rule reports. The span is in the file at `uri`. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly span: Span;
  readonly fixes: readonly Fix[];
  /** Other places that explain it. */
  readonly related?: readonly RelatedPlace[];
  readonly tag?: 'unnecessary' | 'deprecated';
  /** The value path that it is about, for baselines and JSON. */
  readonly path?: string;
  /** The images that it is about, one for each value, canonical, with the tag where that is known: what suppressions name. */
  readonly images?: readonly string[];
}

/** A finding and the stacks that it holds for; empty for findings about the file alone. */
export interface StackFinding extends Finding {
  readonly stacks: readonly string[];
}

export interface RelatedPlace {
  readonly uri: string;
  readonly span: Span;
  /** The same place as lines, for a file whose text is not kept. */
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly message: string;
}

/** A finding as a rule makes it: the rest is the rule's own. */
export type Report = Omit<Finding, 'code' | 'severity' | 'fixes'> & {
  readonly fixes?: readonly Fix[];
  /** Only where one code has cases of different weight. */
  readonly severity?: Severity;
};
