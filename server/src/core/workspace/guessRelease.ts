import { generatorSource, type GeneratorSource, type StackPlan } from '../stack/plan.ts';
import { releaseOfScripts, type ReleaseOfScript } from './openScripts.ts';
import { rootOf } from './paths.ts';
import { folderOf, isInside, labelOf, sharedLength, trimSlash } from '../stack/uri.ts';
import { isMergeKey } from '../yaml/lookup.ts';
import { keyText, type YamlMap } from '../yaml/nodes.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { SnapshotState } from './state.ts';

/**
 * A plan with the release that it is taken for where nothing says it: that of deployKF's own output near its files, the generator
 * near them, one in the name of a file, a script whose values files only a run knows, the newest that has all of its keys where the newest of all does not, or the newest.
 */
export function withGuess(state: SnapshotState, plan: StackPlan): StackPlan {
  if (plan.release !== undefined || plan.generator !== undefined) return plan;
  const { catalogs } = state;
  const isKnown: IsKnown = (release): release is string =>
    release !== undefined && catalogs.releases.includes(release);
  const output = nearestOutput(state, plan);
  if (isKnown(output)) return { ...plan, release: output, guess: 'output' };
  const generator = nearestGenerator(state, plan);
  if (generator !== undefined) return { ...plan, generator, guess: 'generator' };
  const script = releaseOfScripts(state, plan);
  const open =
    plan.openRelease ??
    openOutput(state, plan, output) ??
    openScript(script, isKnown) ??
    openName(state, plan);
  const rest = guessed(state, plan, { script, isKnown });
  return open === undefined ? rest : { ...rest, openRelease: open };
}

type IsKnown = (release: string | undefined) => release is string;

/** Why the script that a file may belong to does not tell its release; `undefined`: it does, or says nothing of it. */
function openScript(
  script: ReleaseOfScript | undefined,
  isKnown: (release: string) => boolean,
): string | undefined {
  const release = script?.release;
  if (script === undefined || release === undefined) return script?.open;
  return isKnown(release) ? undefined : `${script.place} names deployKF "${release}", which is not known`;
}

/**
 * Why the names of the files do not tell the release: the last one that has a version like those of deployKF, which is not known;
 * `undefined`: none has one, or the release in one of them is known.
 */
function openName({ catalogs, folders }: SnapshotState, { uris, folder }: StackPlan): string | undefined {
  const named = uris.flatMap(uri => {
    const release = releaseInName(uri);
    return release === undefined ? [] : [{ uri, release }];
  });
  if (named.some(({ release }) => catalogs.releases.includes(release))) return undefined;
  const minors = new Set(catalogs.releases.map(minorOf));
  // Files have versions of their own, and of other programs.
  const last = named.findLast(
    ({ uri, release }) => minors.has(minorOf(release)) || /deploykf/i.test(nameIn(uri)),
  );
  if (last === undefined) return undefined;
  const label = labelOf(folder ?? folders[0]?.uri, last.uri);
  return `${label} has the release "${last.release}" in its name, which is not known`;
}

/** `0.1` of `0.1.5`. */
function minorOf(release: string): string {
  return /^\d+\.\d+/.exec(release)?.[0] ?? release;
}

function guessed(
  state: SnapshotState,
  plan: StackPlan,
  { script, isKnown }: { readonly script: ReleaseOfScript | undefined; readonly isKnown: IsKnown },
): StackPlan {
  const named = plan.uris.map(releaseInName).findLast(isKnown);
  if (named !== undefined) return { ...plan, release: named, guess: 'name' };
  if (script !== undefined && isKnown(script.release))
    return { ...plan, release: script.release, guess: 'script', guessedBy: script.place };
  const byKeys = releaseOfKeys(state, plan);
  if (byKeys !== undefined) return { ...plan, release: byKeys, guess: 'keys' };
  return { ...plan, guess: 'newest' };
}

/** The release of the output that shares most folders with the strongest file; `undefined`: none, or they differ. */
function nearestOutput({ outputs = [] }: SnapshotState, { uris }: StackPlan): string | undefined {
  const folder = folderOf(uris.at(-1) ?? '');
  let best = -1;
  let releases = new Set<string>();
  for (const { uri, release } of outputs) {
    if (release === undefined) continue;
    const shared = sharedLength(folder, uri);
    if (shared > best) releases = new Set();
    if (shared >= best) releases.add(release);
    best = Math.max(best, shared);
  }
  const [only, another] = releases;
  if (another !== undefined) return undefined;
  return only;
}

/** The generator in the same folder of the workspace that shares most folders with the strongest file; `undefined`: none, or two. */
function nearestGenerator(state: SnapshotState, { uris, folder }: StackPlan): GeneratorSource | undefined {
  const { bases = new Set<string>(), readsGenerators = true } = state;
  const strongest = uris.at(-1);
  if (strongest === undefined || !readsGenerators || uris.some(uri => bases.has(uri))) return undefined;
  const root = rootOf(state, strongest);
  const own = folderOf(strongest);
  const near = [...bases]
    .filter(uri => isInside(root, uri))
    .map(uri => ({ place: trimSlash(folderOf(uri)), shared: sharedLength(own, uri) }))
    .toSorted((a, b) => b.shared - a.shared);
  const [first, second] = near;
  if (first === undefined || first.shared === second?.shared) return undefined;
  return generatorSource(relativeLabel(folder ?? root, first.place), [first.place]);
}

/** How a folder is named from another one, such as `./generator`; the folder itself is `.`. */
function relativeLabel(from: string, place: string): string {
  const label = labelOf(from, `${place}/`).replace(/\/$/, '');
  if (trimSlash(from) === place || label === '') return '.';
  return isInside(from, place) ? `./${label}` : label;
}

/** Why deployKF's own output near the files does not tell the release; `undefined`: there is none. */
function openOutput(
  { outputs = [], folders }: SnapshotState,
  { uris, folder }: StackPlan,
  release: string | undefined,
): string | undefined {
  const name = (uri: string): string => labelOf(folder ?? folders[0]?.uri, uri);
  if (release !== undefined) {
    const named = outputs.find(output => output.release === release);
    return `${name(named?.uri ?? '')} names deployKF "${release}", which is not known`;
  }
  const own = folderOf(uris.at(-1) ?? '');
  const telling = outputs.filter(output => output.release !== undefined);
  const [first, ...others] = telling;
  const other = others.find(output => output.release !== first?.release);
  if (first !== undefined && other !== undefined)
    return `${name(first.uri)} names deployKF "${first.release ?? ''}" and ${name(other.uri)} "${other.release ?? ''}"`;
  const broken = outputs
    .filter(({ problem }) => problem !== undefined)
    .toSorted((a, b) => sharedLength(own, b.uri) - sharedLength(own, a.uri))[0];
  return broken && `${name(broken.uri)} ${broken.problem ?? ''}`;
}

function nameIn(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/** `undefined` also where a name has two of them: which one is meant is not known. A pre-release is a release of its own. */
function releaseInName(uri: string): string | undefined {
  const name = nameIn(uri);
  const found = name.matchAll(
    /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}(?:[-_.+]?(?:rc|alpha|beta)(?![a-z])(?:[-_.]?\d{1,3})*)?(?!\d|\.\d)/gi,
  );
  const [only, another] = new Set(Array.from(found, ([release]) => release));
  return another === undefined ? only : undefined;
}

/** The newest release that has keys of the files that the newest of all does not have, and lacks none that it has. */
function releaseOfKeys({ catalogs, files }: SnapshotState, { uris }: StackPlan): string | undefined {
  const newest = catalogs.of(catalogs.newest);
  const maps = uris.flatMap(uri => files.get(uri)?.map ?? []);
  if (newest === undefined || !maps.some(map => hasUnknown(map, newest.catalog.defaults))) return undefined;
  for (const release of catalogs.releases.toReversed()) {
    const catalog = catalogs.of(release);
    if (release === catalogs.newest || catalog === undefined) continue;
    const comparison = { gained: 0, lost: 0 };
    for (const map of maps)
      compare(map, { now: newest.catalog.defaults, then: catalog.catalog.defaults }, comparison);
    if (comparison.gained > 0 && comparison.lost === 0) return release;
  }
  return undefined;
}

/** A section of two releases; `undefined` where one does not have it. */
interface Sections {
  readonly now: Value | undefined;
  readonly then: Value | undefined;
}

/** Counts the keys that only the older release has, and those that only the newer one has. */
function compare(map: YamlMap, { now, then }: Sections, counts: { gained: number; lost: number }): void {
  if (isOpen(now) && isOpen(then)) return;
  for (const { key, value } of map.pairs) {
    if (isMergeKey(key)) continue;
    const below = { now: childOf(now, keyText(key)), then: childOf(then, keyText(key)) };
    if (below.now === undefined && below.then !== undefined && !isOpen(now)) counts.gained++;
    if (below.now !== undefined && below.then === undefined && !isOpen(then)) counts.lost++;
    if (value.kind === 'map') compare(value, below, counts);
  }
}

function hasUnknown(map: YamlMap, section: Value | undefined): boolean {
  if (isOpen(section)) return false;
  return map.pairs.some(({ key, value }) => {
    const child = childOf(section, keyText(key));
    if (child === undefined) return !isMergeKey(key);
    return value.kind === 'map' && hasUnknown(value, child);
  });
}

/** Nothing can be said of the keys of what is not a section with keys. */
function isOpen(section: Value | undefined): boolean {
  return !isRecord(section) || Object.keys(section).length === 0;
}

function childOf(section: Value | undefined, key: string): Value | undefined {
  return isRecord(section) && Object.hasOwn(section, key) ? section[key] : undefined;
}
