import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import { neededGenerators } from '../core/workspace/generators.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import { withCatalogs } from '../host/catalogs.ts';
import type { GeneratorOptions, MadeCatalogs, MakeCatalogs } from '../host/generators.ts';

/** The catalogs of stacks: the shipped ones, and those that could be made of what was needed besides. */
export interface NeededCatalogs extends Omit<MadeCatalogs, 'catalogs'> {
  readonly catalogs: CatalogSource;
}

export interface CatalogOptions extends GeneratorOptions {
  readonly shipped: CatalogSource;
  /** `undefined` where no generator can be read, as in a browser. */
  readonly make: MakeCatalogs | undefined;
}

/** Makes the catalogs of the forks and unknown releases that the stacks of a snapshot name. */
export async function loadCatalogs(
  snapshot: Snapshot,
  { shipped, make, ...options }: CatalogOptions,
): Promise<NeededCatalogs> {
  const needs = neededGenerators(snapshot);
  if (make === undefined || needs.length === 0)
    return { catalogs: shipped, problems: new Map(), sources: new Map() };
  const made = await make(needs, options);
  return { ...made, catalogs: withCatalogs(shipped, made) };
}
