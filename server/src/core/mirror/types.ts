import type { LockedImage } from './lock.ts';

/**
 * When a copy is pulled. `deployed`: with its component. `runtime`: when a user uses a feature. `example`: only with an example.
 * `opt-in`: practically never, such as by tests of a chart. `plugin`: by the installation of the ArgoCD plugin.
 */
export type CopyClass = 'deployed' | 'runtime' | 'example' | 'opt-in' | 'plugin';

/** One image to be copied. */
export interface ImageCopy {
  /** What is copied, canonical with its tag or digest. */
  readonly source: string;
  /** What Pods pull; `undefined` without a policy. */
  readonly target: string | undefined;
  /** Where it is copied to: the target, at the host that a mirror is filled through. */
  readonly pushTarget: string | undefined;
  /** What `mirror.lock` has of it; `undefined`: it is not in there. */
  readonly locked: Pick<LockedImage, 'digest' | 'platforms' | 'manifests' | 'isUpstream'> | undefined;
  readonly class: CopyClass;
  /** The value paths that use it; empty for images that no value can change. */
  readonly paths: readonly string[];
  /** The component's value path; empty for the plugin. */
  readonly component: string;
  readonly isHidden: boolean;
  /** Other tags of it that users may choose at run time. */
  readonly choices: readonly string[];
  /** Why it has that tag, or where it is set. */
  readonly reason: string;
  /** What happened to the source, where it is gone and nothing takes its place. */
  readonly retired: string | undefined;
  /** What the release names, where `source` takes its place. */
  readonly replaces: string | undefined;
}

export interface ChartCopy {
  readonly name: string;
  readonly version: string;
  /** Where it is copied from. */
  readonly repository: string;
  /** By the policy's `charts`; `undefined` when it does not map the repository. */
  readonly target: string | undefined;
  readonly paths: readonly string[];
}

/** An image of the ArgoCD plugin, which is set in the plugin's own files. */
export interface PluginCopy {
  /** As the files of the plugin name it. */
  readonly written: string;
  /** Which of the two installations names it. */
  readonly variant: 'kustomize' | 'helm';
  /** What Pods shall pull; `undefined` where it stays public. */
  readonly target: string | undefined;
}

/** An image that Pods pull and that no value can change. */
export interface HiddenCopy {
  /** Canonical, as Pods name it in one of its spellings. */
  readonly reference: string;
  /** What Pods shall pull; `undefined` where it stays public. */
  readonly target: string | undefined;
}

/** An image that cannot be copied, since it is not known well enough. */
export interface UnresolvedImage {
  readonly reference: string;
  readonly reason: string;
  readonly paths: readonly string[];
}

/** What a mirror must hold for a stack. Made from facts and values alone. */
export interface MirrorPlan {
  readonly stack: string;
  readonly release: string;
  readonly copies: readonly ImageCopy[];
  /** When its copies were found to be missing, so that what was done before does not count; `undefined`: it is the whole plan. */
  readonly missingSince?: string;
  readonly charts: readonly ChartCopy[];
  readonly plugin: readonly PluginCopy[];
  readonly hidden: readonly HiddenCopy[];
  /** What is to be known of the version of Kyverno, each a sentence without its end. */
  readonly kyvernoNotes: readonly string[];
  /** Canonical images that the policy leaves public; they are not copied. */
  readonly accepted: readonly string[];
  /** Names of further files: the archive of the generator. */
  readonly files: readonly string[];
  readonly unresolved: readonly UnresolvedImage[];
  /** Why no export can be written: two sources for one target, targets that are not valid references or that a product cannot hold. */
  readonly refused: readonly string[];
}
