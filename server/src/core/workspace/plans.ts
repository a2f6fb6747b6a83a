import { plainRelease } from '../catalog/release.ts';
import { defaultsPaths } from '../catalog/generatorFiles.ts';
import { pluginOrder, type Application, type Located } from '../stack/application.ts';
import { standalonePlan, generatorSource, type LayerPlan, type StackPlan } from '../stack/plan.ts';
import { mayBeFilledIn } from '../stack/templated.ts';
import { folderOf, joinUri, trimSlash } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { withGuess } from './guessRelease.ts';
import { officialKnown, sampleLayer } from './upstreamLayers.ts';
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
  /** By the real file's URI; that of an Application counts even where none of its layers is in it. */
  readonly byFile: ReadonlyMap<string, readonly StackPlan[]>;
  /** By where they are defined, as `definitionKey` writes it. */
  readonly byDefinition: ReadonlyMap<string, StackPlan>;
  /** The stacks of one file that nothing names, by the folder that the file is in. */
  readonly loose: ReadonlyMap<string, readonly StackPlan[]>;
  /** The folders directly in a folder that such files are in, or in folders of theirs. */
  readonly looseFolders: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds the stacks, best source first: ArgoCD Applications, project files, command lines. A values file that none of them
 * names is a stack of its own.
 */
export function planAll(state: SnapshotState): Plans {
  const found = state.given ?? plansFound(state);
  const plans = withoutDefaults(found.map(plan => withGenerator(state, plan)));
  const list = plans.map(plan => withGuess(state, plan));
  const byFile = new Map<string, StackPlan[]>();
  for (const plan of list)
    for (const uri of new Set([...definingFile(plan), ...plan.uris])) addPlan(byFile, uri, plan);
  const loose = new Map<string, StackPlan[]>();
  for (const plan of list) if (plan.kind === 'standalone') addPlan(loose, folderOf(plan.uris[0] ?? ''), plan);
  return {
    list,
    byId: new Map(list.map(plan => [plan.id, plan])),
    byFile,
    byDefinition: byDefinition(list),
    loose,
    looseFolders: foldersIn([...loose.keys()]),
  };
}

/** By each folder around these, the next one on the way to them. */
function foldersIn(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set<string>();
  const inner = new Map<string, string[]>();
  for (const folder of folders)
    for (let at = folder; at !== '' && !known.has(at); at = folderOf(trimSlash(at))) {
      known.add(at);
      const around = folderOf(trimSlash(at));
      inner.set(around, [...(inner.get(around) ?? []), at]);
    }
  return inner;
}

/** Of several stacks that are defined at one place, the first. */
function byDefinition(plans: readonly StackPlan[]): ReadonlyMap<string, StackPlan> {
  const byPlace = new Map<string, StackPlan>();
  for (const plan of plans.toReversed())
    if (plan.definedAt !== undefined)
      byPlace.set(definitionKey(plan.definedAt.uri, plan.definedAt.span.start), plan);
  return byPlace;
}

export function definitionKey(uri: string, offset: number): string {
  return `${uri}#${offset}`;
}

function definingFile({ kind, definedAt }: StackPlan): readonly string[] {
  return kind === 'application' && definedAt !== undefined ? [definedAt.uri] : [];
}

function plansFound(state: SnapshotState): readonly StackPlan[] {
  const best = [...applicationPlans(state), ...state.folders.flatMap(projectPlans)];
  const commands = commandPlans(state, best);
  // Examples in scripts name files that do not exist.
  const real = commands.filter(({ uris }) => uris.some(uri => state.files.has(uri)));
  const plans = [...best, ...real];
  const named = new Set(plans.flatMap(plan => plan.uris));
  return [...plans, ...standalonePlans(state, named)];
}

export function addPlan(plans: Map<string, StackPlan[]>, key: string, plan: StackPlan): void {
  const known = plans.get(key);
  if (known === undefined) plans.set(key, [plan]);
  else known.push(plan);
}

/** A release that the project file names a generator for is that generator's, whatever else is known of it. */
function withGenerator(state: SnapshotState, plan: StackPlan): StackPlan {
  const { release, generator } = plan;
  if (release === undefined || generator !== undefined) return plan;
  const { settings, project } = folderOfPlan(state, plan) ?? {};
  const path = settings?.generators.get(release);
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

function standalonePlans(state: SnapshotState, taken: ReadonlySet<string>): readonly StackPlan[] {
  return [...state.files].flatMap(([uri, file]) => {
    if (taken.has(uri) || !file.isValues || state.bases?.has(uri) === true) return [];
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
    ...(project && { definedAt: { uri: project.file.uri, span } }),
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
  const layers: LayerPlan[] = [];
  for (const { text } of pluginOrder(application.valuesFiles)) {
    if (text === '') continue;
    const sample = sampleLayer(state, file.uri, application, text);
    layers.push(sample ?? { uri: findValuesFile(state, file.uri, application, text) });
  }
  const { document, values } = application;
  if (values !== undefined) layers.push({ uri: file.uri, within: { document, path: values } });
  const named = knownText(application.release);
  const release = named === undefined ? undefined : plainRelease(named);
  const written = knownText(application.sourcePath);
  const official = officialKnown(state, written);
  const plan: StackPlan = {
    id: `application:${file.uri}#${index}`,
    name: application.name,
    kind: 'application',
    release: release ?? official ?? folder?.settings.release,
    uris: layers.filter(layer => layer.sample === undefined).map(layer => layer.uri),
    layers,
    folder: folder?.uri,
    definedAt: { uri: file.uri, span: application.span },
    ...(values === undefined && isOpen(file, application) && { isOpen: true }),
  };
  if (application.release !== undefined || written === undefined) return plan;
  const source = generatorSource(written, placesOfGenerator(state, file.uri, application));
  if (official !== undefined) return { ...plan, archive: source };
  return { ...plan, generator: source };
}

/**
 * Whether nothing is to be concluded from what an Application does not say: a template may add it, a mistake may hide it, or it does
 * not name what to generate, which is an error of its own.
 */
function isOpen(file: ValuesFile, { release, sourcePath }: Application): boolean {
  const isSourced = (release === undefined) !== (sourcePath === undefined);
  return !isSourced || mayHide(file);
}

/** Whether a template may add something to the Applications of a file, or a mistake hide it. */
function mayHide({ isTemplatedHost, hostYaml }: ValuesFile): boolean {
  return isTemplatedHost || hostYaml.problems.length > 0;
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
    commands.flatMap(({ values, folder }) =>
      values.flatMap(({ text }) => placesOfScriptPath(state, { uri, folder }, text)),
    ),
  );
  return [...new Set([...ofProjects, ...ofApplications, ...ofScripts])];
}

/** What of a file decides which stacks there are; a change of anything else keeps them. */
export function definitionOf(file: ValuesFile | undefined): string {
  if (file === undefined) return '';
  const applications = file.applications.map(
    ({
      name,
      document,
      span,
      release,
      sourcePath,
      folder,
      valuesFiles,
      values,
      repository,
      revision,
      lost,
    }) => [
      name,
      document,
      span,
      release?.text,
      sourcePath?.text,
      folder,
      repository,
      revision,
      valuesFiles.map(({ text }) => text),
      values,
      lost,
    ],
  );
  return JSON.stringify([file.isValues, applications.length > 0 && mayHide(file), applications]);
}
