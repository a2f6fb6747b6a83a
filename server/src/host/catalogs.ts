import { CatalogIndex } from '../core/catalog/catalogIndex.ts';
import { parseCatalog, parseRetired } from '../core/catalog/load.ts';
import { compareReleases } from '../core/catalog/release.ts';
import type { Catalog, Retired } from '../core/catalog/types.ts';
import release010 from '../../catalog/0.1.0.json' with { type: 'json' };
import release011 from '../../catalog/0.1.1.json' with { type: 'json' };
import release012 from '../../catalog/0.1.2.json' with { type: 'json' };
import release013 from '../../catalog/0.1.3.json' with { type: 'json' };
import release014 from '../../catalog/0.1.4.json' with { type: 'json' };
import release015 from '../../catalog/0.1.5.json' with { type: 'json' };
import retired from '../../catalog/retired.json' with { type: 'json' };

const shipped: readonly unknown[] = [release010, release011, release012, release013, release014, release015];

/** The catalogs that are shipped. Make one at start-up and hand it on: each catalog is indexed once, when first asked for. */
export class Catalogs {
  /** All known releases, the oldest first. */
  readonly releases: readonly string[];
  readonly newest: string;
  readonly retired: readonly Retired[];
  readonly #catalogs: ReadonlyMap<string, Catalog>;
  readonly #indexes = new Map<string, CatalogIndex>();

  /** `more`: catalogs made at run time, by the names that stacks have them under; they are not among `releases`. */
  constructor(more: ReadonlyMap<string, Catalog> = new Map()) {
    const known = shipped.map(json => parseCatalog(json));
    this.releases = known.map(catalog => catalog.release).toSorted(compareReleases);
    this.newest = this.releases.at(-1) ?? '';
    this.retired = parseRetired(retired);
    this.#catalogs = new Map([...known.map((catalog): [string, Catalog] => [catalog.release, catalog]), ...more]);
  }

  /** The catalog of a release, written with or without a leading `v`; `undefined` when it is not known. */
  of(release: string): CatalogIndex | undefined {
    const name = release.replace(/^v/, '');
    const catalog = this.#catalogs.get(name);
    if (catalog === undefined) return undefined;
    const index = this.#indexes.get(name) ?? new CatalogIndex(catalog);
    this.#indexes.set(name, index);
    return index;
  }
}
