import { defaultsPaths } from '../catalog/generatorFiles.ts';
import { pluginOrder, type Application, type Located } from '../stack/application.ts';
import { standalonePlan, generatorSource, type LayerPlan, type StackPlan } from '../stack/plan.ts';
import { mayBeFilledIn } from '../stack/templated.ts';
import { folderOf, joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { commandPlans } from './commandPlans.ts';
import {
  findValuesFile,
  folderOfPlan,
  folderOfUri,
  placesOfScriptPath,
  placesOfValuesFile,
} from './paths.ts';
import type { Folder, SnapshotState } from './state.ts';

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
  const best = state.given ?? [...applicationPlans(state), ...state.folders.flatMap(projectPlans)];
  // Examples in scripts name files that do not exist.
  const commands = state.given === undefined ? commandPlans(state, best) : [];
  const found = [...best, ...commands.filter(({ uris }) => uris.some(uri => state.files.has(uri)))];
  const named = new Set(found.flatMap(plan => plan.uris));
  const alone = state.given === undefined ? standstandalonePlans(state, named) : [];
  const list = withoutDefaults([...found, ...alone].map(plan => withGenerator(state, plan)));
  const byFile = new Map<string, StackPlan[]>();
  for (const plan of list) for (const uri of new Set(plan.uris)) add(byFile, uri, plan);
  return { list, byId: new Map(list.map(plan => [plan.id, plan])), byFile };
}

function add(byFile: Map<string, StackPlan[]>, uri: string, plan: StackPlan): void {
  const known = byFile.get(uri);
  if (known === undefined) byFile.set(uri, [plan]);
  else known.push(plan);
}

/** A release that the project file names a generator for is that generator's, whatever else is known of it. */
function withGenerator(state: SnapshotState, plan: StackPlan): StackPlan {
  const { release, generator } = plan;
  const { settings, project } = folderOfPlan(state, plan) ?? {};
  const path =
    release === undefined || generator !== undefined ? undefined : settings?.generators.get(release);
  if (path === undefined || project === undefined) return plan;
  const place = joinUri(folderOf(project.file.uri), path);
  return { ...plan, generator: generatorSource(path, [place], release) };
}

/** The defaults of a generator that stacks use are not a stack themselves. */
function withoutDefaults(plans: readonly StackPlan[]): readonly StackPlan[] {
  const places = new Set(plans.flatMap(plan => plan.generator?.places ?? []));
  const defaults = [...places].flatMap(place => defaultsPaths.map(path => joinUri(place, path)));
  if (defaults.length === 0) return plans;
  return plans.filter(({ kind, uris }) => kind !== 'standalone' || !uris.some(uri => defaults.includes(uri)));
}

function standstandalonePlans(state: SnapshotState, taken: ReadonlySet<string>): readonly StackPlan[] {
  return [...state.files].flatMap(([uri, file]) => {
    if (taken.has(uri) || !file.isValues) return [];
    const folder = folderOfUri(state.folders, uri);
    return [standalonePlan(uri, folder?.uri, folder?.settings.release)];
  });
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

function applicationPlan(
  state: SnapshotState,
  file: ValuesFile,
  application: Application,
  index: number,
): StackPlan {
  const folder = folderOfUri(state.folders, file.uri);
  const files: readonly LayerPlan[] = pluginOrder(application.valuesFiles)
    .filter(({ text }) => text !== '')
    .map(({ text }) => ({ uri: findValuesFile(state, file.uri, application, text) }));
  const { document, values } = application;
  const layers =
    values === undefined ? files : [...files, { uri: file.uri, within: { document, path: values } }];
  const release = knownText(application.release)?.replace(/^v(?=\d)/, '');
  const sourcePath = knownText(application.sourcePath);
  return {
    id: `application:${file.uri}#${index}`,
    name: application.name,
    kind: 'application',
    release: release ?? folder?.settings.release,
    uris: layers.map(layer => layer.uri),
    layers,
    folder: folder?.uri,
    ...(application.release === undefined && sourcePath !== undefined
      ? { generator: generatorSource(sourcePath, placesOfGenerator(state, file.uri, application)) }
      : {}),
    definedAt: { uri: file.uri, span: application.span },
  };
}

/** `undefined`: absent, or not to be known before another tool fills it in. */
function knownText(located: Located | undefined): string | undefined {
  if (located === undefined || mayBeFilledIn(located.text)) return undefined;
  return located.text;
}

/** The path of a generator is relative to the source's `path` too, so it leads where one of `values_files` would. */
function placesOfGenerator(state: SnapshotState, uri: string, application: Application): readonly string[] {
  return placesOfValuesFile(state, uri, application, application.sourcePath?.text ?? '');
}

/** Every place where a file of a stack may be, for the host to read: those of Applications in known files included. */
export function stackFileUris(state: SnapshotState): readonly string[] {
  const ofProjects = state.folders.flatMap(projectPlans).flatMap(plan => plan.uris);
  const ofApplications = [...state.files.values()].flatMap(file =>
    file.applications.flatMap(application =>
      application.valuesFiles.flatMap(({ text }) => {
        if (text === '') return [];
        return placesOfValuesFile(state, file.uri, application, text);
      }),
    ),
  );
  const ofScripts = (state.scripts ?? []).flatMap(({ uri, commands }) =>
    commands.flatMap(({ values }) => values.flatMap(({ text }) => placesOfScriptPath(state, uri, text))),
  );
  return [...new Set([...ofProjects, ...ofApplications, ...ofScripts])];
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
