import type { StackPlan } from '../stack/plan.ts';
import { labelOf } from '../stack/uri.ts';
import type { Snapshot } from './snapshot.ts';
import { stackProfile, type StackProfile } from './stackProfile.ts';

/** A values file that is a stack of its own, since nothing names it. */
export interface LooseFile {
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
export const overlayName = /(?:^|[-_.])over(?:rides?|lays?)$/;

/** Names of files that others are laid over: upstream's sample, or a word for it. */
export const baseName = /^sample[-_]values(?![a-z])|(?:^|[-_.])(?:base|common|shared)(?![a-z])/;

/** `undefined`: its release is not known, or it does not parse, so that it is not known what it sets. */
export function looseFile(snapshot: Snapshot, plan: StackPlan): LooseFile | undefined {
  const [uri = ''] = plan.uris;
  const view = snapshot.view(plan);
  const isBroken = (snapshot.state.files.get(uri)?.yaml.problems.length ?? 1) > 0;
  if (view === undefined || isBroken) return undefined;
  return { uri, ...partsOfName(uri), profile: view.memo(stackProfile) };
}

/**
 * Whether a file is laid over another one: by its name, or since it says nothing on its own of components that only the
 * other one switches on, or since it is beside a base and does not repeat it.
 */
export function isOverlay({ stem, profile }: LooseFile, base: LooseFile, isNamedBase: boolean): boolean {
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

export function partsOfName(uri: string): Pick<LooseFile, 'stem' | 'release'> {
  const name = stemOf(uri).toLowerCase();
  const ending = /[-_.]v?(\d+\.\d+\.\d+)$/.exec(name);
  if (ending === null) return { stem: name, release: undefined };
  return { stem: name.slice(0, ending.index), release: ending[1] };
}

export function stemOf(uri: string): string {
  return labelOf(undefined, uri).replace(/\.ya?ml$/i, '');
}
