import type { StackView } from '../analysis/stackView.ts';
import type { ChartCopy, ImageCopy, UnresolvedImage } from '../mirror/types.ts';
import type { Position } from '../text/sourceText.ts';

/** One stack over two releases: the same layers, other defaults. */
export interface UpgradeViews {
  readonly before: StackView;
  readonly after: StackView;
}

/**
 * What is to be done about an override. `removed`: the new release does not have the key. `shape`: it cannot take the value as it
 * is. `ignored`: it takes no notice. `pinned`: a tag is exactly the old release's. `default-moved`: the value is the old release's
 * default, or a mirror of it, and the new release has another.
 */
export type OverrideProblem = 'removed' | 'shape' | 'ignored' | 'pinned' | 'default-moved';

/** An override that has to be looked at. */
export interface OverrideChange {
  /** The value path; empty where it is not one. */
  readonly path: string;
  /** The real file, also of values within an Application. */
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly what: OverrideProblem;
  readonly message: string;
}

/** What the same values pull in each of two releases, canonical. */
export interface ChangedImage {
  /** Empty for images that no value can change. */
  readonly paths: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** How the images of a stack differ between two releases; those of the ArgoCD plugin are apart. */
export interface ImageChanges {
  readonly added: readonly ImageCopy[];
  readonly removed: readonly ImageCopy[];
  /** How many stay. */
  readonly same: number;
  /** Of the same repository. */
  readonly retagged: readonly ChangedImage[];
  /** Of another repository. */
  readonly renamed: readonly ChangedImage[];
  /** Those that the installation of the plugin pulls in addition. */
  readonly plugin: readonly ImageCopy[];
}

/** What a change of the release means for one stack. */
export interface Upgrade {
  readonly stack: string;
  readonly from: string;
  readonly to: string;
  readonly images: ImageChanges;
  /** Helm charts that the new release fetches in addition. */
  readonly charts: readonly ChartCopy[];
  /** Further files of the new release. */
  readonly files: readonly string[];
  /** Images that the new release pulls in addition and that cannot be copied as they are known. */
  readonly unresolved: readonly UnresolvedImage[];
  /** In the order of the layers, and of the text of each. */
  readonly overrides: readonly OverrideChange[];
}
