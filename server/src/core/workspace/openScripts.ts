import type { GenerateCommand } from '../stack/command.ts';
import type { StackPlan } from '../stack/plan.ts';
import { folderOf, isInside, labelOf, sharedLength } from '../stack/uri.ts';
import { rootOf } from './paths.ts';
import type { Script, SnapshotState } from './state.ts';
import { officialKnown } from './upstreamLayers.ts';

/** A command that has values files whose names are known only when it is run: any file that nothing names may be one. */
interface OpenCommand {
  readonly script: Script;
  readonly command: GenerateCommand;
}

/** What such a command tells of the release of a file. */
export interface ReleaseOfScript {
  /** `undefined`: it names one that its text does not tell. */
  readonly release: string | undefined;
  /** Where it is, such as `scripts/gen.sh:3`. */
  readonly place: string;
  /** Why it is not known, a sentence without a full stop. */
  readonly open: string | undefined;
}

function openCommands(scripts: readonly Script[]): readonly OpenCommand[] {
  return scripts.flatMap(script =>
    script.commands
      .filter(({ openValues }) => openValues !== undefined)
      .map(command => ({ script, command })),
  );
}

/** Each of these commands with its place from a folder and what stands for its values files. */
export function sayOpenCommands(scripts: readonly Script[], folder: string): readonly string[] {
  return openCommands(scripts).map(open => {
    const files = (open.command.openValues ?? []).map(text => `"${text}"`);
    return `${placeOfCommand(folder, open)} (${files.join(', ')})`;
  });
}

/** Where a command is, from a folder. */
function placeOfCommand(folder: string | undefined, { script, command }: OpenCommand): string {
  const { line } = script.file.source.positionAt(command.offset);
  return `${labelOf(folder, script.uri)}:${line + 1}`;
}

/** What the nearest of these commands in the same workspace folder says of a file that nothing names; `undefined`: nothing, or they differ. */
export function releaseOfScripts(state: SnapshotState, plan: StackPlan): ReleaseOfScript | undefined {
  const uri = plan.uris.at(-1);
  if (plan.kind !== 'standalone' || uri === undefined || state.scripts === undefined) return undefined;
  const root = rootOf(state, uri);
  const told = openCommands(state.scripts).flatMap(open => {
    const release = open.command.release ?? officialKnown(state, open.command.sourcePath);
    if (!isInside(root, open.script.uri) || (release ?? open.command.openRelease) === undefined) return [];
    return [{ open, release, shared: sharedLength(folderOf(uri), open.script.uri) }];
  });
  const nearest = told.reduce((most, { shared }) => Math.max(most, shared), -1);
  const [first, ...others] = told.filter(({ shared }) => shared === nearest);
  if (first === undefined || others.some(({ release }) => release !== first.release)) return undefined;
  const place = placeOfCommand(plan.folder, first.open);
  const { openRelease } = first.open.command;
  const open = openRelease && `"${openRelease.text}" in ${place} ${openRelease.reason}`;
  return { release: first.release, place, open };
}
