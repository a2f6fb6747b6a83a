import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import { neededGenerators, shippedGenerators, type GeneratorNeed } from '../core/workspace/generators.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import { withCatalogs } from '../host/catalogs.ts';
import type { GeneratorOptions, MadeCatalogs, MakeCatalogs } from '../host/generators.ts';

/** The catalogs of stacks: the shipped ones, and those that could be made of what was needed besides. */
export interface NeededCatalogs extends Pick<MadeCatalogs, 'problems' | 'sources'> {
  readonly catalogs: CatalogSource;
}

export interface CatalogOptions extends GeneratorOptions {
  readonly shipped: CatalogSource;
  /** `undefined` where no generator can be read, as in a browser. */
  readonly make: MakeCatalogs | undefined;
  /** Whether what upstream says of values is wanted, too. */
  readonly withComments?: boolean;
}

/** The generators that the stacks of a snapshot need. */
export function needsOf(snapshot: Snapshot, withComments: boolean): readonly GeneratorNeed[] {
  const needs = neededGenerators(snapshot);
  return withComments ? [...needs, ...shippedGenerators(snapshot)] : needs;
}

/** Makes the catalogs of the forks and unknown releases that the stacks of a snapshot name. */
export async function loadCatalogs(
  snapshot: Snapshot,
  { shipped, make, withComments = false, ...options }: CatalogOptions,
): Promise<NeededCatalogs> {
  const needs = needsOf(snapshot, withComments);
  if (make === undefined || needs.length === 0)
    return { catalogs: shipped, problems: new Map(), sources: new Map() };
  const made = await make(needs, options);
  return { ...made, catalogs: withCatalogs(shipped, made) };
}
