import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Component } from '../catalog/types.ts';
import type { Report, Severity } from '../findings/finding.ts';
import type { StackSource } from '../stack/stackSource.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Suppression } from '../suppressions/types.ts';
import type { Problem } from '../text/problem.ts';
import type { Value } from '../yaml/value.ts';

/** The rule's page under `docs/rules/`. */
export interface RuleDoc {
  /** What it reports, in one sentence without a full stop. */
  readonly summary: string;
  /** Why it matters and how deployKF behaves, in Markdown. */
  readonly why: string;
  /** YAML that it reports. */
  readonly bad: string;
  /** The release of that YAML; `undefined`: the newest. */
  readonly badRelease?: string;
  /** The same after the fix, or as it should be. */
  readonly good: string;
  /** The values files beside `values.yaml` that the example needs, by name. */
  readonly beside?: Readonly<Record<string, string>>;
  /** What the quick fixes do; `undefined` when there is none. */
  readonly fix?: string;
  /** The `registry:` section of the project file that the examples need; `undefined` when they need none. */
  readonly registry?: Value;
}

interface RuleBase {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  readonly doc: RuleDoc;
}

/** Looks at one image of a stack, as it is deployed. */
export interface ImageRule extends RuleBase {
  readonly subject: 'image';
  readonly check: (image: ImageEntry, view: StackView) => readonly Report[];
}

/** Looks at one component of a stack, with what belongs to it. */
export interface ComponentRule extends RuleBase {
  readonly subject: 'component';
  readonly check: (component: Component, view: StackView) => readonly Report[];
}

/** Looks at the effective values of a stack as a whole. */
export interface StackRule extends RuleBase {
  readonly subject: 'stack';
  readonly check: (view: StackView) => readonly Report[];
}

/** A file, or the values inside one. */
export interface RuleText {
  readonly file: ValuesFile;
  /** Whether it is a layer of values; else it only holds texts that are. */
  readonly isLayer: boolean;
}

/** Looks at one text alone. */
export interface TextRule extends RuleBase {
  readonly subject: 'text';
  readonly check: (text: RuleText) => readonly Report[];
}

/** Looks at how a file defines a stack, and at what the stack is to be made of. */
export interface SourceRule extends RuleBase {
  readonly subject: 'source';
  readonly check: (source: StackSource) => readonly Report[];
}

/** The project file of a workspace folder, and what of it cannot be used. */
export interface ProjectFile {
  readonly file: ValuesFile;
  readonly problems: readonly Problem[];
}

/** Looks at what is decided for the workspace as a whole. */
export interface WorkspaceRule extends RuleBase {
  readonly subject: 'workspace';
  readonly check: (project: ProjectFile) => readonly Report[];
}

/** What suppresses findings, and what came of it. */
export interface SuppressionUse {
  /** The text that it is written in. */
  readonly file: ValuesFile;
  readonly suppression: Suppression;
  /** Its codes that suppressed nothing, of those that were looked for. */
  readonly unused: readonly string[];
  /** Its last day is over. */
  readonly isExpired: boolean;
  /** The codes of all rules. */
  readonly known: ReadonlySet<string>;
}

/** Looks at one comment, or entry of the project file, that suppresses findings, after all other rules. */
export interface SuppressionRule extends RuleBase {
  readonly subject: 'suppression';
  readonly check: (use: SuppressionUse) => readonly Report[];
}

export type Rule =
  ImageRule | ComponentRule | StackRule | TextRule | SourceRule | WorkspaceRule | SuppressionRule;
