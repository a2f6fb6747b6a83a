import { resolve } from 'node:path';
import { commandPlans } from '../../core/workspace/commandPlans.ts';
import { candidateKind, scriptOf } from '../../core/workspace/discovery.ts';
import { planAll, projectPlans } from '../../core/workspace/plans.ts';
import type { CatalogSource } from '../../core/catalog/catalogSource.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import { Snapshot } from '../../core/workspace/snapshot.ts';
import type { Folder, SnapshotState } from '../../core/workspace/state.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { folderOf, isInside } from '../../core/stack/uri.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import type { Files } from '../../host/files.ts';
import type { FolderSearch } from '../../loader/searchFolder.ts';
import { Repositories } from '../../loader/repositories.ts';
import { withStackFiles } from '../../loader/stackFiles.ts';
import { uriOf } from '../io/paths.ts';
import { remember } from './fileStore.ts';

/** What stacks are found with. */
export interface Reader {
  readonly catalogs: CatalogSource;
  readonly files: Files;
  /** Looks through a folder, by its URI. */
  search(folder: string): Promise<FolderSearch>;
  /** The same for the sake of one file; not whole where it would take long. */
  searchNear(folder: string): Promise<FolderSearch>;
  /** The folder whose settings count for a file. */
  folderFor(path: string): Promise<Folder>;
  pathOf(uri: string): string;
  /** What `stacksNear` has found, by path. */
  readonly near: Map<string, Promise<NearStacks | undefined>>;
}

/** Stacks, and the state that has their files. */
export interface FoundStacks {
  readonly plans: readonly StackPlan[];
  readonly state: SnapshotState;
  /** As of `FolderSearch`, where a folder was looked through. */
  readonly unread?: ReadonlyMap<string, string>;
}

/** The stacks near a file. */
export interface NearStacks extends FoundStacks {
  /** The world of all of them. */
  readonly snapshot: Snapshot;
}

/** The stacks that a folder holds or has a file of. */
export async function stacksIn(path: string, reader: Reader): Promise<FoundStacks> {
  const uri = uriOf(`${path}/`);
  const { found, projects, unread } = await reader.search(uri);
  const known = [...projects, ...found.files.keys(), ...found.scripts.keys()].map(file =>
    reader.pathOf(file),
  );
  const folders = await Promise.all(
    [resolve(path, projectFileName), ...known].map(file => reader.folderFor(file)),
  );
  const own = {
    catalogs: reader.catalogs,
    folders: [...new Set(folders)],
    files: found.files,
    scripts: [...found.scripts.values()],
    outputs: found.outputs,
    bases: found.bases,
  };
  const state = await withStackFiles(await withWorkTrees(own, reader), reader.files);
  const isHere = ({ uris, definedAt }: StackPlan): boolean =>
    uris.some(file => found.files.has(file)) || isInside(uri, definedAt?.uri ?? '');
  return { plans: planAll(state).list.filter(isHere), state, unread };
}

/** The same for the sake of one file; `undefined`: the folder has too many files. */
export function stacksNear(path: string, reader: Reader): Promise<NearStacks | undefined> {
  return remember(reader.near, path, async () => {
    const { isWhole } = await reader.searchNear(uriOf(`${path}/`));
    if (!isWhole) return undefined;
    const found = await stacksIn(path, { ...reader, search: folder => reader.searchNear(folder) });
    return { ...found, snapshot: Snapshot.of(found.state) };
  });
}

/** The stacks of a folder's project file. */
export async function projectStacks(folder: Folder, reader: Reader): Promise<FoundStacks> {
  const bare = { catalogs: reader.catalogs, folders: [folder], files: new Map<string, ValuesFile>() };
  const state = await withStackFiles(bare, reader.files);
  const plans = projectPlans(folder);
  if (plans.every(({ release }) => release !== undefined)) return { plans, state };
  // What is near the files tells the release that the project file does not.
  const { found } = await reader.searchNear(folder.uri);
  const near = { ...state, bases: found.bases, outputs: found.outputs };
  return { plans: planAll({ ...near, given: plans }).list, state };
}

/** The stacks of the Applications in a folder, except for those below that have a project file of their own. */
export async function applicationsIn(folder: Folder, reader: Reader): Promise<FoundStacks> {
  const { plans, ...rest } = await stacksIn(reader.pathOf(folder.uri), reader);
  const isOwn = ({ kind, folder: own }: StackPlan): boolean => kind === 'application' && own === folder.uri;
  return { plans: plans.filter(isOwn), ...rest };
}

/** Whether the user gave the stack, and not a file that was found. `named`: the URIs of files that were named and define stacks. */
export function isGiven({ kind, definedAt }: StackPlan, named: ReadonlySet<string>): boolean {
  if (kind === 'given' || kind === 'standalone') return true;
  return kind === 'command' && named.has(definedAt?.uri ?? '');
}

/** Just these files, in no folder. */
export function stateOf(catalogs: CatalogSource, files: readonly ValuesFile[]): SnapshotState {
  return { catalogs, folders: [], files: new Map(files.map(file => [file.uri, file])) };
}

/** One stack of files that the user gives, weakest first. */
export function givenStack(files: readonly ValuesFile[], folder: Folder | undefined): StackPlan {
  return {
    id: 'given',
    name: '',
    kind: 'given',
    release: folder?.settings.release,
    uris: files.map(({ uri }) => uri),
    folder: folder?.uri,
  };
}

/** The stacks that a file itself defines: those of its Applications, or of its commands, whatever else knows their files. */
export async function stacksOf(file: ValuesFile, reader: Reader): Promise<FoundStacks> {
  const folder = await reader.folderFor(reader.pathOf(file.uri));
  const bare = { catalogs: reader.catalogs, folders: [folder], files: new Map<string, ValuesFile>() };
  if (file.applications.length > 0) {
    const own = await withWorkTrees({ ...bare, files: new Map([[file.uri, file]]) }, reader);
    const state = await withStackFiles(own, reader.files);
    return { plans: planAll(state).list.filter(plan => plan.definedAt?.uri === file.uri), state };
  }
  const isScript = candidateKind(file.uri) === 'script' || !file.isValues;
  const script = isScript ? scriptOf(file) : undefined;
  if (script === undefined) return { plans: [], state: bare };
  const own = await withWorkTrees({ ...bare, scripts: [script] }, reader);
  const state = await withStackFiles(own, reader.files);
  return { plans: commandPlans(state, []), state };
}

/** With the work trees that paths in scripts and Applications may start at. */
async function withWorkTrees(state: SnapshotState, { files }: Reader): Promise<SnapshotState> {
  const hosts = [...state.files.values()].filter(file => file.applications.length > 0);
  const places = [...(state.scripts ?? []), ...hosts];
  if (places.length === 0) return state;
  const repositories = new Repositories(files);
  await repositories.load([...new Set(places.map(({ uri }) => folderOf(uri)))]);
  return { ...state, repositories: repositories.list };
}
