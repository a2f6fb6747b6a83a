import { plainRelease } from '../catalog/release.ts';
import type { Snapshot } from './snapshot.ts';

/** A catalog that a stack needs and that is not shipped: the host may make it from a generator's source. */
export interface GeneratorNeed {
  /** The name that stacks ask for it by, in `CatalogSource`. */
  readonly key: string;
  /** How its release is called in what the user reads. */
  readonly label: string;
  /** The unknown release; `undefined` for the source of a fork. */
  readonly release: string | undefined;
  /** URIs of the folders or archives where a stack says that it is, the best guess first; none for an unknown release. */
  readonly places: readonly string[];
  /** Its catalog is shipped, so that only its comments are wanted. */
  readonly isShipped?: true;
}

/** The generators of releases that stacks use and whose catalogs are shipped, each once. */
export function shippedGenerators({ plans, state }: Snapshot): readonly GeneratorNeed[] {
  const keys = plans.flatMap(({ generator, release }) => {
    const key = release ?? state.catalogs.newest;
    return generator === undefined && state.catalogs.releases.includes(plainRelease(key)) ? [key] : [];
  });
  return [...new Set(keys)].map(key => ({
    key,
    label: key,
    release: plainRelease(key),
    places: [],
    isShipped: true,
  }));
}

/** The generators that the stacks of a world need, each once. */
export function neededGenerators({ plans, state }: Snapshot): readonly GeneratorNeed[] {
  const needs = plans.flatMap(({ generator: own, archive, release }): GeneratorNeed[] => {
    // An archive is read, too, so that one that is damaged is said to be.
    const generator = own ?? archive;
    if (generator !== undefined)
      return [
        {
          key: generator.key,
          label: generator.release ?? `fork ${generator.path}`,
          release: undefined,
          places: generator.places,
        },
      ];
    if (release === undefined || state.catalogs.releases.includes(release)) return [];
    return [{ key: release, label: release, release, places: [] }];
  });
  return [...new Map(needs.map(need => [need.key, need])).values()];
}
