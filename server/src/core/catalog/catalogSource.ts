import type { CatalogIndex, DefaultsLayer } from './catalogIndex.ts';
import type { CommentedDefaults } from './commentedDefaults.ts';
import type { Retired } from './types.ts';

/** The catalogs that this build ships, and those made at run time. */
export interface CatalogSource {
  /** From the oldest to the newest. */
  readonly releases: readonly string[];
  readonly newest: string;
  readonly retired: readonly Retired[];
  /** Why catalogs could not be made, by name: what to say after the name of the generator. */
  readonly problems?: ReadonlyMap<string, string>;
  /** One of upstream's sample files at a release, such as `sample-values.yaml`; `undefined` when it has no such file. */
  sample?(release: string, name: string): DefaultsLayer | undefined;
  /** The defaults of a catalog with upstream's comments; `undefined` where they are not to be had. */
  commented?(name: string): CommentedDefaults | undefined;
  /** `undefined` for a release that no catalog knows. */
  of(release: string): CatalogIndex | undefined;
}
