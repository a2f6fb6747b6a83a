import type { StackPlan } from '../stack/plan.ts';
import { freeName, type ProposedStack } from '../stack/projectStacks.ts';
import type { UndefinedStack } from '../stack/stackSource.ts';
import { folderOf, labelOf } from '../stack/uri.ts';
import { isTemplateFile } from './discovery.ts';
import { folderOfUri } from './paths.ts';
import { withGuess } from './guessRelease.ts';
import type { Snapshot } from './snapshot.ts';
import { stackProfile, type StackProfile } from './stackProfile.ts';

/** A values file that is a stack of its own, since nothing names it. */
interface LooseFile {
  readonly uri: string;
  /** Its name without a release and the ending, in lower case. */
  readonly stem: string;
  /** At the end of its name. */
  readonly release: string | undefined;
  readonly profile: StackProfile;
}

/** Files that look like one stack: one that the others are laid over. */
export interface LooseGroup {
  readonly base: string;
  /** At least one, weakest first as far as names tell. */
  readonly overlays: readonly string[];
}

/** Names of files that are laid over others. */
const overlayName = /(?:^|[-_.])over(?:rides?|lays?)$/;

/** Names of files that others are laid over: upstream's sample, or a word for it. */
const baseName = /^sample[-_]values(?![a-z])|(?:^|[-_.])(?:base|common|shared)(?![a-z])/;

/** More files in one folder are examples or tests. */
const mostFiles = 12;

/**
 * The group that a file is in, of those of its folder that nothing names. `undefined`: it is named, or nothing speaks for
 * it. Whole stacks side by side, such as dev and prod, are not a group.
 */
export function groupOf(snapshot: Snapshot, uri: string): LooseGroup | undefined {
  return groupsIn(snapshot, folderOf(uri)).find(
    ({ base, overlays }) => base === uri || overlays.includes(uri),
  );
}

/** The files of its folder that a file may form a stack with: what it says is part of their findings. */
export function looseBeside(snapshot: Snapshot, uri: string): readonly string[] {
  const loose = snapshot.looseIn(folderOf(uri));
  if (loose.length > mostFiles) return [];
  return loose.flatMap(({ uris }) => uris);
}

/** The groups of a folder, without those of folders below. */
export function groupsIn(snapshot: Snapshot, folder: string): readonly LooseGroup[] {
  const plans = snapshot
    .looseIn(folder)
    .filter(({ isNamed, uris }) => isNamed !== true && !uris.some(isTemplateFile));
  if (plans.length < 2 || plans.length > mostFiles) return [];
  const files = plans.flatMap(plan => looseFile(snapshot, plan) ?? []);
  const overlays = new Map<LooseFile, LooseFile[]>();
  const left: LooseFile[] = [];
  for (const file of files) {
    const base = namedBase(file, files);
    if (base === undefined) left.push(file);
    else overlays.set(base, [...(overlays.get(base) ?? []), file]);
  }
  const rest = restOf(left, [...overlays.keys()]);
  if (rest !== undefined) overlays.set(rest.base, [...(overlays.get(rest.base) ?? []), ...rest.overlays]);
  return [...overlays].map(([base, own]) => ({ base: base.uri, overlays: own.map(({ uri }) => uri) }));
}

/** `undefined`: its release is not known, or it does not parse, so that it is not known what it sets. */
function looseFile(snapshot: Snapshot, plan: StackPlan): LooseFile | undefined {
  const [uri = ''] = plan.uris;
  const view = snapshot.view(plan);
  const isBroken = (snapshot.state.files.get(uri)?.yaml.problems.length ?? 1) > 0;
  if (view === undefined || isBroken) return undefined;
  return { uri, ...partsOfName(uri), profile: view.memo(stackProfile) };
}

/** The file whose name an overlay's name begins with: `prod` of `prod-overrides`; not where they name different releases. */
function namedBase({ stem, release }: LooseFile, files: readonly LooseFile[]): LooseFile | undefined {
  if (!overlayName.test(stem)) return undefined;
  const rest = stem.replace(overlayName, '');
  const named = files.filter(file => file.stem === rest);
  return (
    named.find(file => file.release === release) ??
    named.find(file => file.release === undefined || release === undefined)
  );
}

/** The one base of the files that no name pairs, and what is laid over it. `bases`: those of pairs. */
function restOf(
  left: readonly LooseFile[],
  bases: readonly LooseFile[],
): { readonly base: LooseFile; readonly overlays: readonly LooseFile[] } | undefined {
  const candidates = left.filter(({ stem }) => !overlayName.test(stem));
  const named = candidates.filter(({ stem }) => baseName.test(stem));
  const [base, another] = onlyBase(candidates, named, left);
  if (base === undefined || another !== undefined) return undefined;
  // It is not known over which of several bases a file is laid.
  if (bases.some(other => other !== base)) return undefined;
  const others = left.filter(file => file !== base);
  const overlays = others.filter(file => isOverlay(file, base, named.includes(base)));
  if (overlays.length === 0) return undefined;
  return { base, overlays };
}

/** The files that may be the base: by their names, else by what all others leave to them. */
function onlyBase(
  candidates: readonly LooseFile[],
  named: readonly LooseFile[],
  left: readonly LooseFile[],
): readonly LooseFile[] {
  if (named.length > 0 || candidates.length < 2) return named.length > 0 ? named : candidates;
  return candidates.filter(base => left.every(file => file === base || isOverlay(file, base, false)));
}

/**
 * Whether a file is laid over another one: by its name, or since it says nothing on its own of components that only the
 * other one switches on, or since it is beside a base and does not repeat it.
 */
function isOverlay({ stem, profile }: LooseFile, base: LooseFile, isNamedBase: boolean): boolean {
  if (overlayName.test(stem)) return true;
  if (repeats(profile.enabled, base.profile.enabled) || repeats(profile.values, base.profile.values))
    return false;
  return isNamedBase || [...profile.idle].some(path => base.profile.enabled.has(path));
}

/** Whether one sets most of what the other one does, so that it is a stack like it and not an overlay. */
function repeats(own: ReadonlySet<string>, base: ReadonlySet<string>): boolean {
  if (base.size === 0) return false;
  const both = [...base].filter(path => own.has(path)).length;
  return both * 2 > base.size;
}

/** What the rule and its fixes need of a group. */
export function undefinedStack(snapshot: Snapshot, uri: string): UndefinedStack | undefined {
  const group = groupOf(snapshot, uri);
  if (group === undefined) return undefined;
  const folder = folderOfUri(snapshot.state.folders, uri);
  const release = snapshot.viewsOf(uri)[0]?.stack.release ?? '';
  const others = [group.base, ...group.overlays].filter(other => other !== uri);
  const known = {
    isBase: group.base === uri,
    others: others.map(other => labelOf(folder?.uri, other)),
    release,
  };
  // The stacks of settings would be hidden by those of a project file.
  const own = folder?.project?.settings.stacks.length ?? 0;
  const canWrite = folder !== undefined && folder.settings.stacks.length === own;
  if (!canWrite) return { ...known, choices: [], project: undefined };
  const taken = new Set(folder.settings.stacks.map(({ name }) => name));
  return {
    ...known,
    choices: stacksOf(snapshot, { group, folder: folder.uri, taken }),
    project: { folder: folder.uri, file: folder.project?.file },
  };
}

export interface NamedGroup {
  readonly group: LooseGroup;
  /** That of the project file. */
  readonly folder: string;
  /** The names of other stacks. */
  readonly taken: ReadonlySet<string>;
}

/** The stacks that a group may be, the best guess first. */
export function stacksOf(
  snapshot: Snapshot,
  { group: { base, overlays }, folder, taken }: NamedGroup,
): readonly (readonly ProposedStack[])[] {
  const stack = (name: string, uris: readonly string[]): ProposedStack => ({
    name: freeName(name, taken),
    release: releaseOf(snapshot, uris),
    values: uris.map(uri => labelOf(folder, uri)),
  });
  const [only] = overlays;
  const isOne = overlays.length === 1;
  const generic = nameOfFolder(folder, base);
  const oneName = isOne && only !== undefined && !isOverride(only) ? stemOf(only) : generic;
  const together = [stack(oneName, [base, ...overlays])];
  if (isOne) return [together];
  const apart = overlays.map(uri => stack(stemOf(uri), [base, uri]));
  return overlays.every(isOverride) ? [together, apart] : [apart, together];
}

/** The release of the stack where something tells it, other than what the project says already. */
function releaseOf({ state }: Snapshot, uris: readonly string[]): string | undefined {
  const folder = folderOfUri(state.folders, uris[0] ?? '');
  const release = folder?.settings.release;
  if (release !== undefined) return undefined;
  const plan = withGuess(state, { id: '', name: '', kind: 'project', release, uris, folder: folder?.uri });
  return plan.release;
}

/** A stack in a folder of its own is called like the folder. */
function nameOfFolder(folder: string, uri: string): string {
  const steps = labelOf(folder, uri).split('/');
  return steps.at(-2) ?? 'default';
}

function isOverride(uri: string): boolean {
  return overlayName.test(partsOfName(uri).stem);
}

function partsOfName(uri: string): Pick<LooseFile, 'stem' | 'release'> {
  const name = stemOf(uri).toLowerCase();
  const ending = /[-_.]v?(\d+\.\d+\.\d+)$/.exec(name);
  if (ending === null) return { stem: name, release: undefined };
  return { stem: name.slice(0, ending.index), release: ending[1] };
}

function stemOf(uri: string): string {
  return labelOf(undefined, uri).replace(/\.ya?ml$/i, '');
}
