import { firstKey } from '../findings/location.ts';
import type { StackPlan } from '../stack/plan.ts';
import type { NamedFile, StackSource } from '../stack/stackSource.ts';
import { mayBeFilledIn } from '../stack/templated.ts';
import type { Application } from '../stack/application.ts';
import { isOfRepository, type Repository } from '../stack/repository.ts';
import { isUpstreamRepository } from '../stack/upstream.ts';
import { isInside, joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { encloses, type Span } from '../text/span.ts';
import { findPath } from '../yaml/lookup.ts';
import { basesOfValuesFiles, findValuesFile, folderOfProjectFile } from './paths.ts';
import { releaseWithout, sampleLayer } from './upstreamLayers.ts';
import { undefinedStack } from './undefinedStacks.ts';
import type { Snapshot } from './snapshot.ts';
import type { Folder, SnapshotState } from './state.ts';

/**
 * The stacks that a file defines, and those it is a file of that no such file defines: for what can be
 * said about a stack itself.
 */
export function sourcesIn(snapshot: Snapshot, file: ValuesFile): readonly StackSource[] {
  const sources = definedIn(snapshot.state, file).map(source => {
    const plan = snapshot.planDefinedAt(source.uri, source.span.start);
    if (plan === undefined) return source;
    return withUnknown(snapshot, source, plan);
  });
  for (const plan of snapshot.plansOf(file.uri)) {
    // Scripts are not files of ours: findings about their stacks are in the values files.
    if (plan.definedAt === undefined || plan.kind === 'command') sources.push(usedIn(snapshot, plan, file));
  }
  return sources;
}

/** The stacks that a file defines itself: its Applications, or those of a project file. */
export function definedIn(state: SnapshotState, file: ValuesFile): readonly StackSource[] {
  const folder = folderOfProjectFile(state, file.uri);
  const applications = applicationSources(state, file);
  if (folder === undefined) return applications;
  return [...applications, ...projectSources(state, folder, file)];
}

function withUnknown(snapshot: Snapshot, source: StackSource, plan: StackPlan): StackSource {
  if (plan.guess !== undefined && plan.openRelease !== undefined && plan.uris[0] === source.uri)
    return { ...source, concluded: { ...plan, release: plan.release ?? snapshot.state.catalogs.newest } };
  const damaged = plan.archive && snapshot.state.catalogs.problems?.get(plan.archive.key);
  if (damaged !== undefined) return { ...source, archiveProblem: `"${plan.archive?.path ?? ''}" ${damaged}` };
  const isNamed = (plan.release ?? plan.generator) !== undefined;
  if (!isNamed || snapshot.view(plan) !== undefined) return source;
  const { state } = snapshot;
  const { problems } = state.catalogs;
  const { application } = source;
  const isGeneratorElsewhere =
    plan.generator !== undefined &&
    problems?.has(plan.generator.key) === false &&
    application !== undefined &&
    isElsewhere(state, source.uri, application);
  return { ...source, unknown: { plan, catalogs: state.catalogs }, isGeneratorElsewhere };
}

function applicationSources(state: SnapshotState, file: ValuesFile): readonly StackSource[] {
  return file.applications.map(application => ({
    kind: 'application',
    uri: file.uri,
    name: application.name,
    span: application.span,
    application,
    hasTemplateLines: file.isTemplatedHost,
    files: application.valuesFiles.flatMap(({ text, span }): readonly NamedFile[] => {
      if (sampleLayer(state, file.uri, application, text) !== undefined) return [];
      const place = findValuesFile(state, file.uri, application, text);
      const ref = application.refs.find(name => text.startsWith(`$${name}/`));
      if (ref !== undefined) return [ofOtherSource(text, span, ref)];
      if (mayBeFilledIn(text) && !state.files.has(place))
        return [{ text, span, problem: 'is filled in by another tool', isTemplate: true }];
      if (mayBeFilledIn(application.folder ?? '') && !state.files.has(place))
        return [{ text, span, problem: 'is in a folder that another tool fills in', isTemplate: true }];
      const problem = problemOf(state, text, place);
      const without = problem === undefined ? undefined : releaseWithout(state, application, text);
      if (without !== undefined) return [notUpstream(text, span, without)];
      const unusable = problem === undefined ? unusableFile(text, span) : undefined;
      if (unusable !== undefined) return [unusable];
      const isElse = isElsewhere(state, file.uri, application);
      return [{ text, span, problem, isElsewhere: isElse, ...missingAt(state, text, place) }];
    }),
  }));
}

/** Argo CD replaces `$name` in the `valueFiles` of Helm alone; the plugin looks for a file of that very name. */
function ofOtherSource(text: string, span: Span, ref: string): NamedFile {
  const problem = `is in the source "${ref}", whose files Argo CD gives to Helm charts alone, so that the plugin stops: move it to the repository of the plugin`;
  return { text, span, problem, isUnusable: true };
}

function notUpstream(
  text: string,
  span: Span,
  { release, isSure }: NonNullable<ReturnType<typeof releaseWithout>>,
): NamedFile {
  const problem = `is not in the repository of deployKF ${release}`;
  if (isSure) return { text, span, problem: `${problem}: correct the path` };
  return { text, span, problem, isUncertain: true };
}

/**
 * Whether the values files of an Application are in another repository: by the remotes of this one; where these do not
 * tell, as far as it can be told from its path.
 */
function isElsewhere(state: SnapshotState, uri: string, application: Application): boolean {
  const own = repositoryAround(state, uri);
  const isOwn = own && isOfRepository(application.repository, own);
  if (isOwn !== undefined) return !isOwn && !isSeenHere(state, uri, application);
  const isTold = (own?.remotes.length ?? 0) > 0;
  return isElsewhereByPath(state, uri, application, isTold);
}

/** The innermost one: a submodule is a repository of its own. */
function repositoryAround({ repositories = [] }: SnapshotState, uri: string): Repository | undefined {
  return repositories
    .filter(({ root }) => isInside(root, uri))
    .toSorted((a, b) => b.root.length - a.root.length)[0];
}

/** `isRepository`: remotes tell that this is a repository, which the address has the name of. */
function isElsewhereByPath(
  state: SnapshotState,
  uri: string,
  application: Application,
  isRepository: boolean,
): boolean {
  if (isUpstreamRepository(application.repository)) return true;
  const [own] = basesOfValuesFiles(state, uri, application);
  if (application.repository === undefined || own === undefined) return false;
  const isRoot = joinUri(own, '.') === joinUri(basesOfValuesFiles(state, uri, { folder: '.' })[0] ?? '', '.');
  // Every repository has its root: only a file that is there tells that it is this one.
  if (isRoot) return !isRepository && !hasValuesFile(state, uri, application);
  return ![...state.files.keys()].some(known => isInside(own, known));
}

/** Whether a values file is here in the folder that the Application says: a name at the root alone may be a coincidence. */
function isSeenHere(state: SnapshotState, uri: string, application: Application): boolean {
  const { repository, folder = '', valuesFiles } = application;
  if (isUpstreamRepository(repository)) return false;
  return valuesFiles.some(({ text }) => {
    const steps = `${folder}/${text}`.split('/').filter(step => step !== '' && step !== '.');
    return steps.length > 1 && state.files.has(findValuesFile(state, uri, application, text));
  });
}

function hasValuesFile(state: SnapshotState, uri: string, application: Application): boolean {
  return application.valuesFiles.some(({ text }) =>
    state.files.has(findValuesFile(state, uri, application, text)),
  );
}

function projectSources(state: SnapshotState, folder: Folder, file: ValuesFile): readonly StackSource[] {
  return folder.settings.stacks.map(({ name, values, span }) => {
    const list = findPath(file.root, ['stacks'], file.anchors)?.node;
    const own = list?.kind === 'seq' ? list.items.findIndex(item => encloses(item.span, span)) : -1;
    const files = values.map((text, index): NamedFile => {
      const path = ['stacks', own, 'values', index];
      const place = findPath(file.root, path, file.anchors)?.node.span ?? span;
      const uri = joinUri(folder.uri, text);
      const problem = problemOf(state, text, uri);
      if (problem !== undefined) return { text, span: place, problem, ...missingAt(state, text, uri) };
      return unusableFile(text, place) ?? { text, span: place, problem };
    });
    return { kind: 'project', uri: file.uri, name, span, files };
  });
}

/** A file of a kind that deployKF cannot merge: gomplate tells the kind by the end of the name (its data/mimetypes.go). */
function unusableFile(text: string, span: Span): NamedFile | undefined {
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  if (name === '' || /[?*]|:\/\/|^\/dev\//.test(text) || mayBeFilledIn(text)) return undefined;
  const end = /\.[^.]*$/.exec(name)?.[0] ?? '';
  if (/^\.(?:ya?ml|json|toml|env)$/i.test(end)) return undefined;
  const what = end === '' ? 'has no file type' : `ends in "${end}"`;
  return {
    text,
    span,
    problem: `${what}, so that deployKF cannot merge it: rename it to .yaml`,
    isUnusable: true,
  };
}

/** Where a file could be made: under a name that deployKF can merge, in a folder of the workspace. */
function missingAt(
  { missing, folders }: SnapshotState,
  text: string,
  uri: string,
): Pick<NamedFile, 'missingAt'> {
  const isMissing = text !== '' && missing?.has(uri) === true;
  const isOurs = folders.some(folder => isInside(folder.uri, uri));
  if (!isMissing || !isOurs || !/\.ya?ml$/i.test(uri)) return {};
  return { missingAt: uri };
}

/** What is wrong with a values file, a phrase to put after its name as written. */
function problemOf({ missing, unreadable }: SnapshotState, text: string, uri: string): string | undefined {
  if (mayBeFilledIn(text)) return undefined;
  if (text === '' || missing?.has(uri) === true) return 'does not exist: correct the path or create the file';
  return unreadable?.get(uri);
}

/**
 * A stack as one of its files shows it: files that do not exist are reported once, in the first of the others.
 */
function usedIn(snapshot: Snapshot, plan: StackPlan, file: ValuesFile): StackSource {
  const { kind, name } = plan;
  const files = expectedFiles(snapshot.state, plan, file);
  const isFirst = plan.uris.find(uri => snapshot.state.files.has(uri)) === file.uri;
  const problem = isFirst ? plan.sourceProblem : undefined;
  const source = {
    ...{ kind, uri: file.uri, name, span: firstKey(file), files },
    ...(problem !== undefined && { sourceProblem: problem }),
  };
  const together = kind === 'standalone' ? undefinedStack(snapshot, file.uri) : undefined;
  return withUnknown(snapshot, { ...source, ...(together && { undefinedStack: together }) }, plan);
}

function expectedFiles(
  { files, missing, unreadable }: SnapshotState,
  { uris, expected = [], openValues = [], openArguments = [] }: StackPlan,
  file: ValuesFile,
): readonly NamedFile[] {
  const isFirst = uris.find(uri => files.has(uri)) === file.uri;
  if (!isFirst) return [];
  const span = firstKey(file);
  const notThere = 'does not exist: correct the path, unless the script creates the file';
  const known = expected.map(({ uri, path, isThereBefore, isMade }): NamedFile => {
    const isMissing = missing?.has(uri) === true;
    if (isMissing && isMade)
      return { text: path, span, problem: 'does not exist before the script is run', isTemplate: true };
    const problem = isMissing && isThereBefore ? notThere : unreadable?.get(uri);
    if (problem !== undefined) return { text: path, span, problem };
    const unusable = unusableFile(path, span);
    if (unusable !== undefined || !isMissing) return unusable ?? { text: path, span, problem };
    return { text: path, span, problem: 'is not here', isTemplate: true };
  });
  const open = openValues.map((text): NamedFile => {
    return { text, span, problem: 'is known only when the script is run', isTemplate: true };
  });
  const words = openArguments.map((text): NamedFile => {
    return { text, span, problem: 'may name more values files when the script is run', isArgument: true };
  });
  return [...known, ...open, ...words];
}
