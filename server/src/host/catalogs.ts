import { CatalogIndex, type DefaultsLayer } from '../core/catalog/catalogIndex.ts';
import { shownLayer } from '../core/catalog/shownValues.ts';
import { sampleUri } from '../core/workspace/virtualUris.ts';
import { ownValue } from '../core/text/ownValue.ts';
import type { Value } from '../core/yaml/value.ts';
import { parseCatalog, parseRetired } from '../core/catalog/load.ts';
import { compareReleases, plainRelease } from '../core/catalog/release.ts';
import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import type { Catalog, Retired } from '../core/catalog/types.ts';
import type { MadeCatalogs } from './generators.ts';
import { shippedCatalogs } from '../../catalog/shipped.ts';
import samples from '../../catalog/samples.json' with { type: 'json' };
import retired from '../../catalog/retired.json' with { type: 'json' };

/** The catalogs that are shipped. Make one at start-up and hand it on: each catalog is read and indexed when first asked for. */
export class Catalogs {
  /** All known releases, the oldest first. */
  readonly releases: readonly string[];
  readonly newest: string;
  readonly retired: readonly Retired[];
  readonly #indexes = new Map<string, CatalogIndex>();
  readonly #samples = new Map<string, DefaultsLayer>();

  constructor() {
    this.releases = [...shippedCatalogs.keys()].toSorted(compareReleases);
    this.newest = this.releases.at(-1) ?? '';
    this.retired = parseRetired(retired);
  }

  /** The catalog of a release, written with or without a leading `v`; `undefined` when it is not known. */
  of(release: string): CatalogIndex | undefined {
    const name = plainRelease(release);
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const catalog = this.#shipped(name);
    const index = catalog && new CatalogIndex(catalog);
    if (index !== undefined) this.#indexes.set(name, index);
    return index;
  }

  sample(release: string, name: string): DefaultsLayer | undefined {
    const key = `${name} of ${release}`;
    const known = this.#samples.get(key);
    if (known !== undefined) return known;
    const values = sampleValues(release, name);
    if (values === undefined) return undefined;
    const layer = shownLayer(key, sampleUri(release, name), values);
    this.#samples.set(key, layer);
    return layer;
  }

  #shipped(name: string): Catalog | undefined {
    const json = shippedCatalogs.get(name);
    if (json === undefined) return undefined;
    return parseCatalog(json);
  }
}

/** Data of our own, as the generator of the catalogs writes it. */
function sampleValues(release: string, name: string): Value | undefined {
  const files = ownValue<Readonly<Record<string, Value>>>(samples, release);
  return files && ownValue(files, name);
}

/** The same catalogs and those made at run time, by the names that stacks have them under; they are not among `releases`. */
export function withCatalogs(
  source: CatalogSource,
  { catalogs, commented, problems }: Omit<MadeCatalogs, 'sources'>,
): CatalogSource {
  const indexes = new Map([...catalogs].map(([name, catalog]) => [name, new CatalogIndex(catalog)]));
  const { releases, newest, retired } = source;
  return {
    releases,
    newest,
    retired,
    sample: (release, name) => source.sample?.(release, name),
    problems: new Map([...problems].map(([name, { problem }]) => [name, problem])),
    commented: name => commented.get(name),
    of: release => indexes.get(release) ?? source.of(release),
  };
}
