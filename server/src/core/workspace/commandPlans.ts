import { plainRelease } from '../catalog/release.ts';
import { defaultsPaths } from '../catalog/generatorFiles.ts';
import type { GenerateCommand, OpenRelease, SourceProblem } from '../stack/command.ts';
import { generatorSource, type ExpectedFile, type LayerPlan, type StackPlan } from '../stack/plan.ts';
import { belowWorkTree } from '../stack/ownPlaces.ts';
import { joinUri, labelOf } from '../stack/uri.ts';
import { fetchedLayer, officialKnown } from './upstreamLayers.ts';
import type { Script, SnapshotState } from './state.ts';
import { findScriptFile, folderOfUri, placesOfScriptPath } from './paths.ts';

/**
 * The stacks of `deploykf generate` commands. One whose files better sources name already says nothing new, and neither
 * does the same command in another script.
 */
export function commandPlans(state: SnapshotState, better: readonly StackPlan[]): readonly StackPlan[] {
  const named = new Set(better.flatMap(plan => plan.uris));
  const seen = new Set<string>();
  const plans = (state.scripts ?? [])
    .flatMap(script => script.commands.map((command, index) => commandPlan(state, script, command, index)))
    .filter(plan => {
      const meaning = JSON.stringify([plan.release, plan.generator?.key, plan.uris]);
      if (plan.uris.every(uri => named.has(uri)) || seen.has(meaning)) return false;
      seen.add(meaning);
      return true;
    });
  return numbered(plans);
}

/** With a number after the name for each but the first of the same script. */
function numbered(plans: readonly StackPlan[]): readonly StackPlan[] {
  const counts = new Map<string, number>();
  return plans.map(plan => {
    const number = (counts.get(plan.name) ?? 0) + 1;
    counts.set(plan.name, number);
    return number === 1 ? plan : { ...plan, name: `${plan.name} (${number})` };
  });
}

function commandPlan(
  state: SnapshotState,
  script: Script,
  command: GenerateCommand,
  index: number,
): StackPlan {
  const { uri, file } = script;
  const folder = folderOfUri(state.folders, uri);
  const { values, offset, folder: workingFolder } = command;
  const at = { uri, folder: workingFolder };
  const { sourceProblem } = command;
  const address = sourceProblem?.kind === 'address' ? sourceProblem.text : undefined;
  const official = officialKnown(state, command.sourcePath ?? address);
  const release = command.release ?? official;
  const name = labelOf(folder?.uri, uri);
  const layers = values.map(({ text }): LayerPlan => {
    const place = findScriptFile(state, at, text);
    if (state.files.has(place)) return { uri: place };
    return fetchedLayer(state, command, text) ?? { uri: place };
  });
  const plan: StackPlan = {
    id: `command:${uri}#${index}`,
    name,
    kind: 'command',
    release: release ?? folder?.settings.release,
    uris: layers.filter(({ sample }) => sample === undefined).map(layer => layer.uri),
    ...(layers.some(({ sample }) => sample !== undefined) && { layers }),
    folder: folder?.uri,
    definedAt: { uri, span: { start: offset, end: offset + 'generate'.length } },
    expected: expectedFiles(state, script, command).filter((_, file) => layers[file]?.sample === undefined),
    ...(command.openValues && { openValues: command.openValues }),
    ...(command.openArguments && { openArguments: command.openArguments }),
    ...(sourceProblem && { sourceProblem: saySource(script, sourceProblem, { name, offset }) }),
    ...(command.openRelease && { openRelease: sayOpen(script, command.openRelease, { name, offset }) }),
  };
  const { sourcePath, unpacked } = command;
  if (command.release !== undefined) return plan;
  const places = sourcePath === undefined ? [] : placesOfScriptPath(state, at, sourcePath);
  if (unpacked !== undefined && official === undefined && !places.some(place => isGenerator(state, place))) {
    const line = file.source.positionAt(unpacked.offset).line + 1;
    return { ...plan, release: unpacked.release, guess: 'script', guessedBy: `${name}:${line}` };
  }
  if (sourcePath === undefined) return plan;
  const source = generatorSource(sourcePath, places);
  return { ...plan, ...(official === undefined ? { generator: source } : { archive: source }) };
}

/** Whether a generator's defaults are at a place of the workspace. */
function isGenerator({ bases = new Set<string>() }: SnapshotState, place: string): boolean {
  return defaultsPaths.some(path => bases.has(joinUri(place, path)));
}

function sayOpen(
  { file }: Script,
  { text, reason }: OpenRelease,
  { name, offset }: { readonly name: string; readonly offset: number },
): string {
  return `"${text}" in ${name}:${file.source.positionAt(offset).line + 1} ${reason}`;
}

function saySource(
  { file }: Script,
  problem: SourceProblem,
  { name, offset }: { readonly name: string; readonly offset: number },
): string {
  const place = `${name}:${file.source.positionAt(offset).line + 1}`;
  switch (problem.kind) {
    case 'both':
      return `The command in ${place} has both --source-version and --source-path, but deployKF takes only one: remove the other`;
    case 'neither':
      return `The command in ${place} has neither --source-version nor --source-path, so that deployKF stops: add one of them`;
    case 'tag':
      return `The command in ${place} has the tag "${problem.text}" as its --source-version, but deployKF takes a version and looks for the tag "v${problem.text}": write ${plainRelease(problem.text)}`;
    case 'address':
      return `The generator "${problem.text}" in ${place} is an address, but deployKF takes a folder or .zip file here: download it first, or use --source-version`;
  }
}

/** In UTF-16 units: where it would take more to look for all names in a script, they count as being there. */
const maxSearched = 50_000_000;

/**
 * A script that has a file's name anywhere else may create or fetch it. What is at an absolute path, or is filled in by
 * somebody or something else, may be where the script is run.
 */
function expectedFiles(
  state: SnapshotState,
  { uri, file, commands }: Script,
  { values, folder }: GenerateCommand,
): readonly ExpectedFile[] {
  const named = commands.flatMap(command => command.values.map(({ text }) => text));
  const isLarge = file.text.length * named.length > maxSearched;
  return values.map(({ text }) => {
    const path = belowWorkTree(text) ?? text;
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    const isElsewhere =
      isLarge || file.text.split(name).length - 1 > named.filter(other => other.includes(name)).length;
    const isOpen = /^-|[<>*?%@:[\]]/.test(path) || !/\.ya?ml$/i.test(path);
    const isHere = !isOpen && !/^[/\\~]/.test(path);
    const known = { uri: findScriptFile(state, { uri, folder }, text), path };
    return { ...known, isThereBefore: !isElsewhere && isHere, isMade: isElsewhere && !isLarge && !isOpen };
  });
}
