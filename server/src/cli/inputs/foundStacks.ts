import { basename, resolve } from 'node:path';
import { commandPlans } from '../../core/workspace/commandPlans.ts';
import { candidateKind, discover, scriptOf } from '../../core/workspace/discovery.ts';
import { planAll, stackFileUris } from '../../core/workspace/plans.ts';
import type { CatalogSource } from '../../core/catalog/catalogSource.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import type { Folder, SnapshotState } from '../../core/workspace/state.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { isInside } from '../../core/stack/uri.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import { listFiles } from '../../host/listFiles.node.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import type { LoadedFile } from './fileStore.ts';
import { uriOf } from '../io/paths.ts';

/** What a search reads with. */
export interface Reader {
  readonly catalogs: CatalogSource;
  /** `undefined`: it cannot be read. */
  read(path: string): Promise<LoadedFile | undefined>;
  /** The folder whose settings count for a file. */
  folderFor(path: string): Promise<Folder>;
  pathOf(uri: string): string;
}

/**
 * The stacks that Applications, project files and scripts make of a folder's values files; the others are alone. What
 * cannot be read is skipped: it may not be one.
 */
export async function stacksIn(path: string, reader: Reader): Promise<readonly StackPlan[]> {
  const loaded = await readAll(await candidates(path), reader);
  const found = loaded.map(({ file }) => discover(file));
  const files = found.flatMap(({ file } = {}) => file ?? []);
  const scripts = found.flatMap(({ script } = {}) => script ?? []);
  const known = [...files, ...scripts].map(({ uri }) => reader.pathOf(uri));
  const folders = await Promise.all(
    [resolve(path, projectFileName), ...known].map(file => reader.folderFor(file)),
  );
  const state = await withStackFiles(
    {
      catalogs: reader.catalogs,
      folders: [...new Set(folders)],
      files: new Map(files.map(file => [file.uri, file])),
      scripts,
    },
    reader,
  );
  const own = new Set(files.map(({ uri }) => uri));
  const isHere = (plan: StackPlan): boolean =>
    plan.uris.some(uri => own.has(uri)) || isInside(uriOf(`${path}/`), plan.definedAt?.uri ?? '');
  // Examples in scripts name files that do not exist.
  const isThere = ({ kind, uris }: StackPlan): boolean =>
    kind !== 'command' || uris.some(uri => state.files.has(uri));
  return planAll(state).list.filter(plan => isHere(plan) && isThere(plan));
}

/** The stacks that a file itself defines: those of its Applications, or of its commands, whatever else knows their files. */
export async function stacksOf(file: ValuesFile, reader: Reader): Promise<readonly StackPlan[]> {
  const folder = await reader.folderFor(reader.pathOf(file.uri));
  const bare = { catalogs: reader.catalogs, folders: [folder], files: new Map<string, ValuesFile>() };
  if (file.applications.length > 0) {
    const state = await withStackFiles({ ...bare, files: new Map([[file.uri, file]]) }, reader);
    return planAll(state).list.filter(plan => plan.definedAt?.uri === file.uri);
  }
  const isScript = candidateKind(file.uri) === 'script' || !file.isValues;
  const script = isScript ? scriptOf(file) : undefined;
  if (script === undefined) return [];
  return commandPlans(await withStackFiles({ ...bare, scripts: [script] }, reader), []);
}

async function candidates(path: string): Promise<readonly string[]> {
  return (await listFiles(uriOf(`${path}/`), { isCancelled: () => false })).filter(
    uri => basename(uri) !== projectFileName,
  );
}

async function readAll(uris: readonly string[], reader: Reader): Promise<readonly LoadedFile[]> {
  const loaded = await Promise.all(uris.map(uri => reader.read(reader.pathOf(uri))));
  return loaded.filter(file => file !== undefined);
}

/** The same with every file that its stacks may name and that is there, so that the plans know where each is. */
async function withStackFiles(state: SnapshotState, reader: Reader): Promise<SnapshotState> {
  const files = new Map(state.files);
  for (const uri of stackFileUris(state)) {
    const path = reader.pathOf(uri);
    const loaded = (await pathKind(path)) === 'file' ? await reader.read(path) : undefined;
    if (loaded !== undefined) files.set(uri, loaded.file);
  }
  return { ...state, files };
}
