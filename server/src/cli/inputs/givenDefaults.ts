import { plainRelease } from '../../core/catalog/release.ts';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Snapshot } from '../../core/workspace/snapshot.ts';
import { isInside } from '../../core/stack/uri.ts';
import { generatorSource, type GeneratorSource, type StackPlan } from '../../core/stack/plan.ts';
import { Catalogs } from '../../host/catalogs.ts';
import type { MakeCatalogs } from '../../host/generators.ts';
import { makeCatalogs } from '../../host/generators.node.ts';
import { loadCatalogs, type NeededCatalogs } from '../../loader/neededCatalogs.ts';
import type { InputOptions } from '../arguments/options.ts';
import { sayOption, type Io } from '../io/io.ts';
import { displayPath, uriOf } from '../io/paths.ts';

/** The defaults that the arguments name: those of a release, or of a generator, for all stacks; or neither. */
export interface GivenDefaults {
  readonly release: string | undefined;
  readonly generator: GeneratorSource | undefined;
}

export function readGivenDefaults(cwd: string, { generator: path, release }: InputOptions): GivenDefaults {
  return {
    release: release === undefined ? undefined : plainRelease(release),
    generator: path === undefined ? undefined : generatorSource(path, [uriOf(resolve(cwd, path))]),
  };
}

/** The stack over the given defaults, which count more than what any file tells. */
export function withDefaults(plan: StackPlan, given: GivenDefaults): StackPlan {
  const { generator: _generator, archive: _archive, guess: _guess, guessedBy: _by, ...rest } = plan;
  if (given.generator !== undefined) return { ...rest, release: undefined, generator: given.generator };
  if (given.release !== undefined) return { ...rest, release: given.release };
  return plan;
}

/** No values at all, only the defaults. */
export function defaultsPlan(release: string | undefined, folder: string | undefined): StackPlan {
  return { id: 'defaults', name: '', kind: 'given', release, uris: [], folder };
}

/** The shipped catalogs, and that of a release that is not shipped when this machine has its generator. */
export function catalogsWith(release: string | undefined): Promise<NeededCatalogs> {
  const given = [defaultsPlan(release, undefined)];
  const bare = Snapshot.of({ catalogs: new Catalogs(), folders: [], files: new Map(), given });
  return catalogsFor(bare, []);
}

/** The catalogs of a snapshot's stacks. Generators that they name are read in the given folders, by their URIs. */
export function catalogsFor(
  snapshot: Snapshot,
  bounds: readonly string[],
  confinedTo?: string,
): Promise<NeededCatalogs> {
  const { catalogs: shipped } = snapshot.state;
  const make: MakeCatalogs = (needs, options) => makeCatalogs(needs, options, shipped);
  return loadCatalogs(snapshot, { shipped, make, paths: {}, bounds, confinedTo });
}

/** Why a stack has no catalog, where one was looked for, and what to do. */
export function describeUnknown(
  io: Pick<Io, 'cwd' | 'isLibrary'>,
  { release, generator }: StackPlan,
  made: NeededCatalogs,
  hint = `name one with ${sayOption(io, 'generator')}, or in the project file under generators`,
): string {
  const { cwd } = io;
  const { catalogs, problems, sources } = made;
  if (generator !== undefined) {
    const named = generator.release === undefined ? '' : ` of ${generator.release}`;
    const problem = problems.get(generator.key)?.problem ?? 'does not exist';
    return `the generator "${generator.path}"${named} ${problem}: expected the folder or .zip of a generator`;
  }
  const known = `the release "${release ?? ''}" is not known: known releases are ${catalogs.releases.join(', ')}`;
  const broken = problems.get(release ?? '');
  if (broken !== undefined)
    return `${known}; the generator ${shownPlace(cwd, broken.source)} ${broken.problem}`;
  const places = (sources.get(release ?? '') ?? []).map(uri => shownPlace(cwd, uri));
  const looked = places.length === 0 ? '' : `; its generator is not at ${places.join(' or ')}`;
  return `${known}${looked} (${hint})`;
}

/** Relative to the working directory, else to the home folder where it is inside that. */
function shownPlace(cwd: string, uri: string): string {
  const path = fileURLToPath(uri);
  const isAtHome = isInside(uriOf(homedir()), uri) && !isInside(uriOf(cwd), uri);
  if (isAtHome) return `~/${displayPath(homedir(), path)}`;
  return displayPath(cwd, path);
}
