import { basename, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Override } from '../../../core/policy/infer.ts';
import type { StackPlan } from '../../../core/stack/plan.ts';
import { Snapshot } from '../../../core/workspace/snapshot.ts';
import { noSettings } from '../../../core/workspace/settings.ts';
import type { ValuesFile } from '../../../core/stack/valuesFile.ts';
import { canonicalRepository } from '../../../core/image/repository.ts';
import type { CatalogSource } from '../../../core/catalog/catalogSource.ts';
import { boundFiles } from '../../../host/files.ts';
import { nodeFiles } from '../../../host/files.node.ts';
import { searchFolder } from '../../../loader/searchFolder.ts';
import { uriOf } from '../../io/paths.ts';

/** A stack as the project file will define it. */
export interface ProposedStack {
  readonly name: string;
  /** Relative to the folder, weakest first. */
  readonly values: readonly string[];
}

/** What a folder tells about its deployments. */
export interface NearbyFiles {
  readonly release: string;
  readonly stacks: readonly ProposedStack[];
  /** Images that the values files took from elsewhere. */
  readonly overrides: readonly Override[];
  /** The repositories of the release's defaults. */
  readonly repositories: readonly string[];
}

/** Names of files that others are laid over. */
const baseName = /^(?:sample[-_]|default[-_]|values\.ya?ml$)|(?:^|[-_.])(?:base|common|shared)\b/i;

/** Names of files that are laid over others, whatever else they say. */
const overrideName = /(?:^|[-_.])overrides?\b/i;

export async function readNearbyFiles(
  folder: string,
  catalogs: CatalogSource,
  given: string | undefined,
): Promise<NearbyFiles> {
  const release = given ?? catalogs.newest;
  const files = await readValues(folder);
  const paths = files.map(({ path }) => path);
  const stacks = proposeStacks(paths);
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: uriOf(`${folder}/`), settings: noSettings, project: undefined }],
    files: new Map(files.map(({ file }) => [file.uri, file])),
    given: stacks.map((stack): StackPlan => ({
      id: stack.name,
      name: stack.name,
      kind: 'given',
      release,
      uris: stack.values.map(path => uriOf(resolve(folder, path))),
      folder: uriOf(`${folder}/`),
    })),
  });
  const defaults = defaultRepositories(catalogs, release);
  const overrides = snapshot.plans.flatMap(plan =>
    (snapshot.view(plan)?.images ?? []).flatMap(({ path, canonical }) => {
      const upstream = defaults.get(path);
      if (upstream === undefined || canonical === undefined || canonical === upstream) return [];
      return [{ upstream, actual: canonical }];
    }),
  );
  return { release, stacks, overrides, repositories: [...new Set(defaults.values())] };
}

async function readValues(
  folder: string,
): Promise<readonly { readonly path: string; readonly file: ValuesFile }[]> {
  const uri = uriOf(`${folder}/`);
  const { found } = await searchFolder(
    boundFiles(nodeFiles, () => [uri]),
    uri,
  );
  return [...found.files.values()]
    .filter(file => file.isValues)
    .map(file => ({ path: relative(folder, fileURLToPath(file.uri)).split(sep).join('/'), file }));
}

/** Each file over those whose names say that they are the base; the user puts the rest right. */
function proposeStacks(paths: readonly string[]): readonly ProposedStack[] {
  const bases = paths.filter(path => baseName.test(basename(path)) && !overrideName.test(basename(path)));
  const others = paths.filter(path => !bases.includes(path));
  if (paths.length === 0) return [];
  if (others.length === 0) return [{ name: 'default', values: bases }];
  if (bases.length > 0 && others.every(path => overrideName.test(basename(path))))
    return [{ name: 'default', values: [...bases, ...others] }];
  const names = others.map(stackName);
  return others.map((path, index) => {
    const name = names[index] ?? path;
    const isUnique = names.indexOf(name) === names.lastIndexOf(name);
    return { name: isUnique ? name : path.replace(/\.ya?ml$/i, ''), values: [...bases, path] };
  });
}

function stackName(path: string): string {
  return basename(path).replace(/\.ya?ml$/i, '');
}

/** By value path, canonical. */
function defaultRepositories(catalogs: CatalogSource, release: string): ReadonlyMap<string, string> {
  const plan: StackPlan = { id: 'defaults', name: '', kind: 'given', release, uris: [], folder: undefined };
  const snapshot = Snapshot.of({ catalogs, folders: [], files: new Map(), given: [plan] });
  const images = snapshot.view(plan)?.images ?? [];
  const repositories = new Map<string, string>();
  for (const { path, canonical, repository } of images) {
    let name = canonical;
    if (name === undefined && repository !== undefined) name = canonicalRepository(repository);
    if (name !== undefined) repositories.set(path, name);
  }
  return repositories;
}
