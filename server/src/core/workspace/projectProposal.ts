import { defaultRepositories } from '../analysis/defaultRewrites.ts';
import { upstreamRegistries } from '../analysis/upstreams.ts';
import { isTemplateFile } from './discovery.ts';
import { lacksRequired } from '../analysis/templates.ts';
import { ownOverrides, privateOverrides } from '../analysis/privateOverrides.ts';
import { withEveryUpstream, type EveryUpstream } from '../policy/everyUpstream.ts';
import { policyForRegistry } from '../policy/presets.ts';
import { privateSpecificity } from '../policy/privacy.ts';
import { registryOf } from '../image/repository.ts';
import { inferPolicy, type Override } from '../policy/infer.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import type { StackPlan } from '../stack/plan.ts';
import { freeName, type ProposedStack } from '../stack/projectStacks.ts';
import { reasonOfGuess } from '../stack/releaseGuess.ts';
import { folderOf, isInside, joinUri, labelOf } from '../stack/uri.ts';
import { withGuess } from './guessRelease.ts';
import { scopeOf } from './groupsAround.ts';
import { Snapshot } from './snapshot.ts';
import type { Folder } from './state.ts';
import { groupsIn, stacksOf } from './undefinedStacks.ts';

/** What the files of a folder tell about a project file for it. */
export interface ProjectProposal {
  readonly release: string;
  /** Why it is that release: a phrase to put after it. */
  readonly reason: string;
  /** The generator near the files, which they are over as long as nobody names a release. */
  readonly generator: string | undefined;
  /** Of the files that nothing names, and of commands; weakest first as far as names and contents tell. */
  readonly stacks: readonly ProposedStack[];
  /** The values files that may form stacks, relative to the folder. */
  readonly files: readonly string[];
  /** The files whose stacks a project file cannot say: Applications, and commands with a fork's generator. Relative to the folder. */
  readonly elsewhere: readonly string[];
  /** The policy that the values follow already. */
  readonly policy: RegistryPolicy | undefined;
  /** The private registries that the values use. */
  readonly privateRegistries: readonly string[];
  /** The repositories that the release pulls from by default. */
  readonly repositories: readonly string[];
  /** The registries of the release, those of images that no value can change included. */
  readonly registries: readonly string[];
}

/** Looks at what is in a folder. `given`: the release that the user wants. */
export function proposeProject(snapshot: Snapshot, folder: string, given?: string): ProjectProposal {
  const plans = snapshot.plans.filter(plan => plan.folder === folder);
  const { release, reason } = releaseOf(snapshot, folder, plans, given);
  const own = plans.filter(({ uris }) => uris.every(uri => snapshot.state.files.has(uri)));
  const loose = own.filter(({ kind }) => kind === 'standalone').flatMap(({ uris }) => uris);
  const commands = own.filter(plan => plan.kind === 'command' && !isOnlyThere(snapshot, plan));
  const stacks = [
    ...commands.map(plan => commandStack(plan, folder)),
    ...looseStacks(
      snapshot,
      folder,
      loose.filter(uri => !isTemplateFile(uri)),
    ),
  ];
  const generator =
    given === undefined ? plans.find(({ guess }) => guess === 'generator')?.generator?.path : undefined;
  const usual = generator === undefined ? release : undefined;
  const written = stacks.map(stack => writtenPlan(stack, folder, usual));
  const others = plans
    .filter(plan => !commands.includes(plan) && !isWritten(plan, written))
    .map(plan => (plan.guess === undefined || usual === undefined ? plan : asSaid(plan, usual)));
  const after = Snapshot.of({ ...snapshot.state, given: [...written, ...others] });
  const isWhole = ({ uris }: StackPlan): boolean => uris.every(uri => snapshot.state.files.has(uri));
  const view = Snapshot.of({ ...snapshot.state, given: [defaultsOf(release)] });
  const defaults = view.plans.flatMap(plan => view.view(plan) ?? []);
  const named = [...loose, ...commands.flatMap(({ uris }) => uris)].map(uri => labelOf(folder, uri));
  return {
    release,
    reason,
    generator,
    stacks: withNames(
      stacks.map(stack => withoutRelease(stack, release)),
      snapshot.state.folders.find(({ uri }) => uri === folder),
    ),
    files: [...new Set(named)],
    elsewhere: [...new Set(plans.flatMap(plan => sourceOf(snapshot, plan, folder)))],
    policy: inferPolicy(overridesOf(after, after.plans.filter(isWhole))),
    privateRegistries: privateRegistriesOf(after),
    repositories: defaults.flatMap(({ catalog }) => catalog.memo(defaultRepositories)),
    registries: defaults.flatMap(upstreamRegistries),
  };
}

/** A project's policy as it is written. */
export interface CompletePolicy extends EveryUpstream {
  /** Whether everything that the values' own rules do not map goes to the registry by its usual layout. */
  readonly isFilledUp: boolean;
  /** The registries that the values use besides, which now count as private. */
  readonly kept: readonly string[];
}

/**
 * The policy with rules for all registries of the release. `registry`: the place that the user names for all images, so that no
 * registry is left without a rule.
 */
export function completePolicy(
  own: RegistryPolicy,
  { registries, privateRegistries }: ProjectProposal,
  registry?: string,
): CompletePolicy {
  const every = withEveryUpstream(own, registries);
  const usual = every.left.length > 0 && registry !== undefined ? policyForRegistry(registry) : undefined;
  const rules = [...every.policy.rules, ...(usual?.rules ?? [])];
  const policy = { ...every.policy, rules };
  const kept = privateRegistries.filter(
    used => !registries.includes(used) && privateSpecificity(policy, `${used}/a`) === undefined,
  );
  return {
    policy: kept.length === 0 ? policy : { ...policy, private: [...policy.private, ...kept] },
    added: every.added,
    left: usual === undefined ? every.left : [],
    isFilledUp: usual !== undefined,
    kept,
  };
}

/** A stack as `stacks:` defines it once it is written; what it says must be judged over what is said there. */
function writtenPlan(
  { name, release, values }: ProposedStack,
  folder: string,
  usual: string | undefined,
): StackPlan {
  const id = `written:${name}:${values.join(':')}`;
  const uris = values.map(path => joinUri(folder, path));
  return { id, name, kind: 'project', release: release ?? usual, uris, folder };
}

/** A plan whose release was a guess, once the project file says it. */
function asSaid({ id, name, kind, uris, folder, layers, isNamed }: StackPlan, release: string): StackPlan {
  return { id, name, kind, release, uris, folder, ...(layers && { layers }), ...(isNamed && { isNamed }) };
}

/** Whether a file that nothing names is in a stack that is written. */
function isWritten({ kind, uris }: StackPlan, written: readonly StackPlan[]): boolean {
  return kind === 'standalone' && uris.every(uri => written.some(plan => plan.uris.includes(uri)));
}

function defaultsOf(release: string): StackPlan {
  return { id: 'defaults', name: '', kind: 'given', release, uris: [], folder: undefined };
}

/**
 * A fork's generator, and upstream's files that a script downloads, are not in a project file; nor is it that a command fails for
 * what the values lack, which the ArgoCD plugin may do without.
 */
function isOnlyThere(snapshot: Snapshot, plan: StackPlan): boolean {
  const { generator, layers = [] } = plan;
  if (generator !== undefined || layers.some(({ sample }) => sample !== undefined)) return true;
  const view = snapshot.view(plan);
  return view !== undefined && lacksRequired(view);
}

function sourceOf(snapshot: Snapshot, plan: StackPlan, folder: string): readonly string[] {
  const { kind, definedAt } = plan;
  const isElsewhere = kind === 'application' || (kind === 'command' && isOnlyThere(snapshot, plan));
  if (!isElsewhere || definedAt === undefined) return [];
  return [labelOf(folder, definedAt.uri)];
}

/** What the most stacks say, else what is concluded for one of them. */
function releaseOf(
  { state }: Snapshot,
  folder: string,
  plans: readonly StackPlan[],
  given: string | undefined,
): { readonly release: string; readonly reason: string } {
  if (given !== undefined) return { release: given, reason: 'as you say' };
  const own = state.folders.find(({ uri }) => uri === folder)?.settings.release;
  if (own !== undefined) return { release: own, reason: 'as the project file or the settings say' };
  const told = plans.filter(({ release, guess, generator }) => {
    const isSaid = release !== undefined && guess === undefined && generator === undefined;
    return isSaid && state.catalogs.of(release) !== undefined;
  });
  const count = (release: string | undefined): number => told.filter(plan => plan.release === release).length;
  const [first] = told.toSorted((a, b) => count(b.release) - count(a.release));
  if (first?.release !== undefined) {
    const place = first.definedAt === undefined ? 'a file' : labelOf(folder, first.definedAt.uri);
    return { release: first.release, reason: `as ${place} says` };
  }
  const guessed = plans.find(({ guess = 'newest' }) => !['generator', 'newest'].includes(guess));
  const { guess = 'newest', guessedBy, release = state.catalogs.newest } = guessed ?? {};
  return { release, reason: reasonOfGuess(guess, guessedBy) };
}

function commandStack({ uris, release, definedAt }: StackPlan, folder: string): ProposedStack {
  return {
    name: stemOf(definedAt?.uri ?? ''),
    release,
    values: uris.map(uri => labelOf(folder, uri)),
  };
}

function withoutRelease({ name, release, values }: ProposedStack, usual: string): ProposedStack {
  if (release === undefined || release === usual) return { name, values };
  return { name, release, values };
}

/** Two stacks of one name get other ones. */
function withNames(stacks: readonly ProposedStack[], folder: Folder | undefined): readonly ProposedStack[] {
  const taken = new Set(folder?.settings.stacks.map(({ name }) => name));
  return stacks.map(stack => {
    const name = freeName(stack.name, taken);
    taken.add(name);
    return { ...stack, name };
  });
}

/** Names of files that others are laid over, for a proposal that the user looks at; the last one is over the others. */
const baseName = /^(?:sample[-_]|default[-_])|(?:^|[-_.])(?:base|common|shared)\b|^values$/i;

/** The groups of each folder; what is left goes over the files around it whose names say that they are a base. */
function looseStacks(snapshot: Snapshot, folder: string, loose: readonly string[]): readonly ProposedStack[] {
  const groups = [...new Set(loose.map(folderOf))].flatMap(inner => groupsIn(snapshot, inner));
  const taken = new Set(groups.flatMap(({ base, overlays }) => [base, ...overlays]));
  const left = loose.filter(uri => !taken.has(uri));
  const known = [...left, ...groups.map(({ base }) => base)];
  const bases = known.filter(uri => baseName.test(stemOf(uri))).toSorted(compareBases);
  const labels = (uris: readonly string[]): readonly string[] => uris.map(uri => labelOf(folder, uri));
  const grouped = groups.flatMap(group => {
    const [stacks = []] = stacksOf(snapshot, { group, folder, taken: new Set() });
    const above = labels(basesAround(folderOf(group.base), bases));
    return stacks.map(stack => ({ ...stack, values: [...above, ...stack.values] }));
  });
  const others = topmost(left, bases).map(uri => {
    const layers = [...basesAround(uri, bases), uri];
    return {
      name: nameOf(folder, uri, bases),
      release: concluded(snapshot, layers),
      values: labels(layers),
    };
  });
  return [...grouped, ...others];
}

/** The files that no other one is laid over, by their names and folders. */
function topmost(left: readonly string[], bases: readonly string[]): readonly string[] {
  const isUnder = (uri: string, other: string): boolean => basesAround(other, bases).includes(uri);
  return left.filter(uri => !left.some(other => isUnder(uri, other)));
}

/** The bases in the folder of a file and in those above, weakest first; of a folder, those above it. */
function basesAround(uri: string, bases: readonly string[]): readonly string[] {
  const at = bases.indexOf(uri);
  const weaker = at < 0 ? bases : bases.slice(0, at);
  return weaker.filter(
    base => isInside(scopeOf(base), uri) && scopeOf(base) !== uri && folderOf(base) !== uri,
  );
}

/** Outer ones first, and `values` after the others of its folder. */
function compareBases(a: string, b: string): number {
  const depth = (uri: string): number => scopeOf(uri).split('/').length;
  const isLast = (uri: string): number => Number(stemOf(uri).toLowerCase() === 'values');
  return depth(a) - depth(b) || isLast(a) - isLast(b);
}

/** Where the file's own name is only that of a base, that of its folder. */
function nameOf(folder: string, uri: string, bases: readonly string[]): string {
  if (!bases.includes(uri)) return stemOf(uri);
  const inner = labelOf(folder, folderOf(uri)).replace(/\/$/, '');
  return inner === '' ? 'default' : (inner.split('/').at(-1) ?? 'default');
}

/** The release that the files of a stack let conclude. */
function concluded({ state }: Snapshot, uris: readonly string[]): string | undefined {
  return withGuess(state, {
    id: '',
    name: '',
    kind: 'project',
    release: undefined,
    uris,
    folder: undefined,
  }).release;
}

function stemOf(uri: string): string {
  return labelOf(undefined, uri).replace(/\.[^.]+$/, '');
}

/** What the private images follow; where there are none, also accounts on registries that many share count. */
function overridesOf(snapshot: Snapshot, plans: readonly StackPlan[]): readonly Override[] {
  const views = plans.flatMap(plan => snapshot.view(plan) ?? []);
  const own = views.flatMap(view => view.memo(privateOverrides));
  return own.length > 0 ? own : views.flatMap(ownOverrides);
}

function privateRegistriesOf(snapshot: Snapshot): readonly string[] {
  const views = snapshot.plans.flatMap(plan => snapshot.view(plan) ?? []);
  const overrides = views.flatMap(view => view.memo(privateOverrides));
  return [...new Set(overrides.flatMap(({ actual }) => registryOf(actual) ?? []))].sort();
}
