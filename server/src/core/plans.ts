import { pluginOrder, type Application } from './stack/application.ts';
import { alonePlan, type LayerPlan, type StackPlan } from './stack/plan.ts';
import { folderOf, isInside, joinUri } from './stack/uri.ts';
import type { ValuesFile } from './stack/valuesFile.ts';
import type { StackSource } from './rules/types.ts';
import { encloses } from './text/span.ts';
import { findPath } from './yaml/lookup.ts';
import type { Folder, SnapshotState } from './snapshotState.ts';

/** The stacks of a workspace and the files that hold their layers. */
export interface Plans {
  readonly list: readonly StackPlan[];
  readonly byId: ReadonlyMap<string, StackPlan>;
  /** By the real file's URI. */
  readonly byFile: ReadonlyMap<string, readonly StackPlan[]>;
}

/**
 * Finds the stacks, best source first: ArgoCD Applications, project files, command lines. A values file that none of them
 * names is a stack of its own.
 */
export function planAll(state: SnapshotState): Plans {
  const found = state.given ?? [
    ...applicationPlans(state),
    ...state.folders.flatMap(projectPlans),
    ...(state.commands ?? []),
  ];
  const byFile = new Map<string, StackPlan[]>();
  for (const plan of found) for (const uri of new Set(plan.uris)) add(byFile, uri, plan);
  const alone = state.given === undefined ? alonePlans(state, byFile) : [];
  for (const plan of alone) for (const uri of plan.uris) add(byFile, uri, plan);
  const list = [...found, ...alone];
  return { list, byId: new Map(list.map(plan => [plan.id, plan])), byFile };
}

function add(byFile: Map<string, StackPlan[]>, uri: string, plan: StackPlan): void {
  const known = byFile.get(uri);
  if (known === undefined) byFile.set(uri, [plan]);
  else known.push(plan);
}

function alonePlans(state: SnapshotState, taken: ReadonlyMap<string, unknown>): readonly StackPlan[] {
  return [...state.files].flatMap(([uri, file]) => {
    if (taken.has(uri) || !file.isValues) return [];
    const folder = folderOfUri(state.folders, uri);
    return [alonePlan(uri, folder?.uri, folder?.settings.release)];
  });
}

/** The innermost folder that holds a file. */
export function folderOfUri(folders: readonly Folder[], uri: string): Folder | undefined {
  return folders.filter(folder => isInside(folder.uri, uri)).sort((a, b) => b.uri.length - a.uri.length)[0];
}

/** The stacks that a folder's settings define. */
export function projectPlans({ uri, settings, project }: Folder): readonly StackPlan[] {
  return settings.stacks.map(({ name, release, values, span }) => ({
    id: `project:${uri}#${name}`,
    name,
    kind: 'project',
    release: release ?? settings.release,
    uris: values.map(path => joinUri(uri, path)),
    folder: uri,
    ...(project === undefined ? {} : { definedAt: { uri: project.file.uri, span } }),
  }));
}

function applicationPlans(state: SnapshotState): readonly StackPlan[] {
  return [...state.files.values()].flatMap(file =>
    file.applications.map((application, index) => applicationPlan(state, file, application, index)),
  );
}

function applicationPlan(state: SnapshotState, file: ValuesFile, application: Application, index: number): StackPlan {
  const folder = folderOfUri(state.folders, file.uri);
  const files: readonly LayerPlan[] = pluginOrder(application.valuesFiles).map(({ text }) => ({
    uri: findValuesFile(state, file.uri, application, text),
  }));
  const { document, values } = application;
  const layers = values === undefined ? files : [...files, { uri: file.uri, within: { document, path: values } }];
  return {
    id: `application:${file.uri}#${index}`,
    name: application.name,
    kind: 'application',
    release: application.release?.text.replace(/^v/, '') ?? folder?.settings.release,
    uris: layers.map(layer => layer.uri),
    layers,
    folder: folder?.uri,
    definedAt: { uri: file.uri, span: application.span },
  };
}

/**
 * A path of `values_files` is relative to the repository's root (and the source's `path`), which is mostly the workspace
 * folder; else the folder of the Application or one above it. Where no such file is known, the first guess stays.
 */
export function findValuesFile(state: SnapshotState, uri: string, application: Application, path: string): string {
  const candidates = placesOfValuesFile(state, uri, application, path);
  return candidates.find(candidate => state.files.has(candidate)) ?? candidates[1] ?? uri;
}

/** Where a path of `values_files` may lead, the best guess first but one: the repository's root is nearly always right. */
function placesOfValuesFile(
  state: SnapshotState,
  uri: string,
  { folder }: Application,
  path: string,
): readonly string[] {
  const root = folderOfUri(state.folders, uri)?.uri ?? folderOf(uri);
  const bases = [joinUri(root, folder ?? '.'), root, ...foldersAbove(uri, root)];
  return bases.map(base => joinUri(base, path));
}

/** Every place where a file of a stack may be, for the host to read: those of Applications in known files included. */
export function stackFileUris(state: SnapshotState): readonly string[] {
  const ofProjects = state.folders.flatMap(projectPlans).flatMap(plan => plan.uris);
  const ofApplications = [...state.files.values()].flatMap(file =>
    file.applications.flatMap(application =>
      application.valuesFiles.flatMap(({ text }) => placesOfValuesFile(state, file.uri, application, text)),
    ),
  );
  return [...new Set([...ofProjects, ...ofApplications])];
}

function foldersAbove(uri: string, root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(uri); isInside(root, folder); folder = folderOf(folder.slice(0, -1))) folders.push(folder);
  return folders;
}

/** What of a file decides which stacks there are; a change of anything else keeps them. */
export function definitionOf(file: ValuesFile | undefined): string {
  if (file === undefined) return '';
  const applications = file.applications.map(
    ({ name, document, span, release, sourcePath, folder, valuesFiles, values }) => [
      name,
      document,
      span,
      release?.text,
      sourcePath?.text,
      folder,
      valuesFiles.map(({ text }) => text),
      values,
    ],
  );
  return JSON.stringify([file.isValues, applications]);
}

/** How a file defines its stacks: for the rules that look at the definitions themselves. */
export function sourcesIn(state: SnapshotState, file: ValuesFile): readonly StackSource[] {
  const isMissing = (uri: string): boolean => state.missing?.has(uri) ?? false;
  const applications = file.applications.map((application): StackSource => ({
    uri: file.uri,
    name: application.name,
    span: application.span,
    application,
    files: application.valuesFiles.map(({ text, span }) => ({
      text,
      span,
      isMissing: isMissing(findValuesFile(state, file.uri, application, text)),
    })),
  }));
  const folder = state.folders.find(candidate => candidate.project?.file.uri === file.uri);
  return folder === undefined ? applications : [...applications, ...projectSources(folder, file, isMissing)];
}

function projectSources(folder: Folder, file: ValuesFile, isMissing: (uri: string) => boolean): readonly StackSource[] {
  return folder.settings.stacks.map(({ name, values, span }) => {
    const list = findPath(file.root, ['stacks'], file.anchors)?.node;
    const own = list?.kind === 'seq' ? list.items.findIndex(item => encloses(item.span, span)) : -1;
    const files = values.map((text, index) => ({
      text,
      span: findPath(file.root, ['stacks', own, 'values', index], file.anchors)?.node.span ?? span,
      isMissing: isMissing(joinUri(folder.uri, text)),
    }));
    return { uri: file.uri, name, span, files };
  });
}
