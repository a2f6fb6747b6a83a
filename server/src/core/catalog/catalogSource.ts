import type { CatalogIndex } from './catalogIndex.ts';
import type { Retired } from './types.ts';

/** The catalogs that this build ships, and those made at run time. */
export interface CatalogSource {
  /** From the oldest to the newest. */
  readonly releases: readonly string[];
  readonly newest: string;
  readonly retired: readonly Retired[];
  /** Why catalogs could not be made, by name: what to say after the name of the generator. */
  readonly problems?: ReadonlyMap<string, string>;
  /** `undefined` for a release that no catalog knows. */
  of(release: string): CatalogIndex | undefined;
}
