import { freeName, type ProposedStack } from '../stack/projectStacks.ts';
import type { UndefinedStack } from '../stack/stackSource.ts';
import { folderOf, labelOf } from '../stack/uri.ts';
import { isTemplateFile } from './discovery.ts';
import { folderOfUri } from './paths.ts';
import { withGuess } from './guessRelease.ts';
import { groupAround, looseAround, mostFiles } from './groupsAround.ts';
import {
  baseName,
  isOverlay,
  looseFile,
  overlayName,
  partsOfName,
  stemOf,
  type LooseFile,
  type LooseGroup,
} from './looseFiles.ts';
import type { Snapshot } from './snapshot.ts';
import type { StackProfile } from './stackProfile.ts';

/**
 * The group that a file is in, of those of its folder that nothing names, else of those around it. `undefined`: it is named, or nothing
 * speaks for it. Whole stacks side by side, such as dev and prod, are not a group.
 */
export function groupOf(snapshot: Snapshot, uri: string): LooseGroup | undefined {
  const own = groupsIn(snapshot, folderOf(uri)).find(
    ({ base, overlays }) => base === uri || overlays.includes(uri),
  );
  return own ?? groupAround(snapshot, uri);
}

/** The files that a file may form a stack with: what it says is part of their findings. */
export function looseBeside(snapshot: Snapshot, uri: string): readonly string[] {
  const loose = snapshot.looseIn(folderOf(uri));
  const around = looseAround(snapshot, uri);
  if (loose.length > mostFiles) return around;
  return [...loose.flatMap(({ uris }) => uris), ...around];
}

/** The components that a file sets values of and does not switch, while another one that it may form a stack with switches them on. */
export function enabledBeside(snapshot: Snapshot, uri: string): ReadonlySet<string> {
  const idle = new Set(profileOf(snapshot, uri)?.idle);
  if (idle.size === 0) return idle;
  const others = looseBeside(snapshot, uri).filter(other => other !== uri);
  const enabled = new Set(others.flatMap(other => [...(profileOf(snapshot, other)?.enabled ?? [])]));
  return new Set([...idle].filter(path => enabled.has(path)));
}

function profileOf(snapshot: Snapshot, uri: string): StackProfile | undefined {
  const plan = snapshot.plansOf(uri).find(({ kind }) => kind === 'standalone');
  return plan && looseFile(snapshot, plan)?.profile;
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

/** What the rule and its fixes need of a group. */
export function undefinedStack(snapshot: Snapshot, uri: string): UndefinedStack | undefined {
  const group = groupOf(snapshot, uri);
  if (group === undefined) return undefined;
  const folder = folderOfUri(snapshot.state.folders, uri);
  const release = snapshot.viewsOf(uri)[0]?.stack.release ?? '';
  const isApart = group.overlays.some(other => folderOf(other) !== folderOf(group.base));
  const members = isApart && group.base !== uri ? [group.base] : [group.base, ...group.overlays];
  const others = members.filter(other => other !== uri);
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
  const isApart = overlays.some(uri => folderOf(uri) !== folderOf(base));
  if (isApart) return [overlays.map(uri => stack(nameOfOverlay(folder, uri), [base, uri]))];
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

/** One that is called as all are has the name of its folder. */
function nameOfOverlay(folder: string, uri: string): string {
  return /^(?:sample[-_])?values$/.test(partsOfName(uri).stem) ? nameOfFolder(folder, uri) : stemOf(uri);
}

function isOverride(uri: string): boolean {
  return overlayName.test(partsOfName(uri).stem);
}
