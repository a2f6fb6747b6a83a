import type { Application } from '../stack/application.ts';
import type { StackPlan } from '../stack/plan.ts';
import { mayBeFilledIn } from '../stack/filledIn.ts';
import { belowWorkTree } from '../stack/ownPlaces.ts';
import { folderOf, isInside, joinUri } from '../stack/uri.ts';
import type { Folder, SnapshotState } from './state.ts';

/** The innermost folder that holds a file. */
export function folderOfUri(folders: readonly Folder[], uri: string): Folder | undefined {
  return folders.filter(folder => isInside(folder.uri, uri)).sort((a, b) => b.uri.length - a.uri.length)[0];
}

/** The folder whose project file a file is; `undefined`: it is not one. */
export function folderOfProjectFile({ folders }: SnapshotState, uri: string): Folder | undefined {
  return folders.find(({ project }) => project?.file.uri === uri);
}

/** The innermost of these folders that another one is in; `undefined` for one of them, or one outside. */
export function folderAround(uri: string, outer: readonly string[]): string | undefined {
  if (outer.includes(uri)) return undefined;
  return outer.filter(folder => isInside(folder, uri)).sort((a, b) => b.length - a.length)[0];
}

/** The folder whose settings count for a stack. */
export function folderOfPlan(
  { folders }: SnapshotState,
  { folder, definedAt, uris }: StackPlan,
): Folder | undefined {
  return (
    folders.find(candidate => candidate.uri === folder) ??
    folderOfUri(folders, definedAt?.uri ?? uris[0] ?? '')
  );
}

/**
 * A path of `values_files` is relative to the repository's root (and the source's `path`), which is mostly the workspace
 * folder; else the folder of the Application or one above it. All files of an Application come from one of these: that with most
 * of them. Where none is known, the first guess stays.
 */
export function findValuesFile(
  state: SnapshotState,
  uri: string,
  application: Application,
  path: string,
): string {
  const candidates = placesOfValuesFile(state, uri, application, path);
  const paths = application.valuesFiles.map(({ text }) => text);
  const known = basesOfValuesFiles(state, uri, application).map(
    base => paths.filter(other => state.files.has(joinUri(base, other))).length,
  );
  const most = Math.max(0, ...known);
  if (most > 0) return candidates[known.indexOf(most)] ?? uri;
  return candidates.find(candidate => state.files.has(candidate)) ?? candidates[1] ?? candidates[0] ?? uri;
}

/** Where a path of `values_files` may lead, the best guess first but one: the repository's root is nearly always right. */
export function placesOfValuesFile(
  state: SnapshotState,
  uri: string,
  application: Application,
  path: string,
): readonly string[] {
  return basesOfValuesFiles(state, uri, application).map(base => joinUri(base, path));
}

/** The folders that paths of `values_files` may be relative to, in the order of their places. */
export function basesOfValuesFiles(
  state: SnapshotState,
  uri: string,
  { folder }: Pick<Application, 'folder'>,
): readonly string[] {
  const root = rootOf(state, uri);
  // A folder that another tool fills in is none of these.
  if (folder !== undefined && mayBeFilledIn(folder)) return [joinUri(root, folder)];
  const workTree = workTreeOf(state, uri);
  const outside = isInside(workTree, root) ? [joinUri(workTree, folder ?? '.'), workTree] : [];
  return [joinUri(root, folder ?? '.'), root, ...foldersAbove(uri, root), ...outside];
}

/** A place in a script, for the paths there. */
export interface ScriptPlace {
  readonly uri: string;
  /** The folder that the script goes to before; `undefined`: none, or it is not known. */
  readonly folder: string | undefined;
}

/** Where a path in a script may lead. */
export function placesOfScriptPath(
  state: SnapshotState,
  place: ScriptPlace,
  path: string,
): readonly string[] {
  const below = belowWorkTree(path);
  if (below !== undefined) return [joinUri(workTreeOf(state, place.uri), below)];
  return [...new Set(basesOfScript(state, place).map(base => joinUri(base, path)))];
}

/**
 * A script is run in its own folder, in that of its project, or at the root of the repository, and goes on from there. It may
 * have made the folder that it goes to, so that nothing is there yet.
 */
export function basesOfScript(state: SnapshotState, { uri, folder }: ScriptPlace): readonly string[] {
  const project = folderOfUri(state.folders, uri)?.uri ?? folderOf(uri);
  const own = [folderOf(uri), project, rootOf(state, uri)];
  const starts = isRunAtTop(uri) ? [workTreeOf(state, uri), ...own] : own;
  if (folder === undefined) return starts;
  const below = belowWorkTree(folder);
  if (below !== undefined) return [joinUri(workTreeOf(state, uri), below), ...starts];
  return [...starts.map(start => joinUri(start, folder)), ...starts];
}

/** The runners of GitHub, Gitea, Forgejo and CircleCI start in the work tree, whose files these are by their place. */
function isRunAtTop(uri: string): boolean {
  return /\/\.(?:(?:github|gitea|forgejo)\/workflows|circleci)\/[^/]+$/.test(uri);
}

/** The first place that is known, else the first guess. */
export function findScriptFile(state: SnapshotState, place: ScriptPlace, path: string): string {
  const { uri } = place;
  const places = placesOfScriptPath(state, place, path);
  return places.find(candidate => state.files.has(candidate)) ?? places[0] ?? uri;
}

/** The outermost folder that holds a file: those inside of it are projects in one repository. */
export function rootOf({ folders }: SnapshotState, uri: string): string {
  const around = folders.map(folder => folder.uri).filter(folder => isInside(folder, uri));
  return around.sort((a, b) => a.length - b.length)[0] ?? folderOf(uri);
}

/** The innermost work tree that a file is in, or else the workspace folder. */
function workTreeOf(state: SnapshotState, uri: string): string {
  const around = (state.repositories ?? []).map(({ root }) => root).filter(root => isInside(root, uri));
  return around.sort((a, b) => b.length - a.length)[0] ?? rootOf(state, uri);
}

function foldersAbove(uri: string, root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(uri); isInside(root, folder); folder = folderOf(folder.slice(0, -1)))
    folders.push(folder);
  return folders;
}
