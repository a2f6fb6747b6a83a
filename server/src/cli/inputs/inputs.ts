import type { LooseGroup } from '../../core/workspace/looseFiles.ts';
import type { Project } from '../../core/workspace/settings.ts';
import { sayOpenCommands } from '../../core/workspace/openScripts.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import type { SnapshotState } from '../../core/workspace/state.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import type { NeededCatalogs } from '../../loader/neededCatalogs.ts';
import { stdinName } from '../io/paths.ts';
import type { LoadedFile } from './fileStore.ts';
import type { GivenDefaults } from './givenDefaults.ts';

/** Everything that a command works on. */
export interface Inputs {
  readonly snapshot: Snapshot;
  /** The catalogs of the snapshot, and what was found of those that had to be made. */
  readonly made: NeededCatalogs;
  /** The stacks that are asked about. */
  readonly plans: readonly StackPlan[];
  /** Their files, each once, weakest first. */
  readonly files: readonly LoadedFile[];
  /** The project files that told something. */
  readonly projects: readonly Project[];
  /** What could not be read, to be said on standard error; the rest goes on. */
  readonly problems: readonly string[];
  /** Files that were named but do not contain deployKF values. */
  readonly skipped: readonly SkippedFile[];
  /** A line for layers of Applications that cannot be here. Where a finding tells of them, none. */
  readonly absent: readonly string[];
  /** Whether all files that a project file counts for were looked for. */
  readonly isEverything: (project: Project) => boolean;
  /** Whether a folder, by its path, was looked through. */
  readonly isSearched: (folder: string) => boolean;
  /** The URIs of the files of which stacks that are not looked at may say more. */
  readonly shared: () => Promise<ReadonlySet<string>>;
  /** Named files with those beside them that they look like one stack with. */
  readonly beside: () => Promise<readonly LooseGroup[]>;
  /** The stacks of Applications that were not looked for, since the project file lists stacks. */
  readonly leftOut: () => Promise<readonly StackPlan[]>;
}

/** How inputs are read. */
export interface ReaderOptions {
  readonly defaults: GivenDefaults;
  readonly config: string | undefined;
  /** `values`: only deployKF values files are of interest. `any`: each named file is a layer, and no file is one, too. */
  readonly takes: 'values' | 'any';
  /** A command about one stack takes it from those that the user lists, unless none are listed. */
  readonly scope: 'all' | 'one';
  /** How to name the generator of a release that is not known, where it is not as usual. */
  readonly hint?: string | undefined;
  /** Nothing outside of the working directory is read, whatever files name. */
  readonly confined?: 'confined' | undefined;
}

export interface SkippedFile {
  /** As it was named. */
  readonly name: string;
  /** Its commands whose values files only a run knows, each with its place. */
  readonly openCommands: readonly string[];
}

/** Whether standard input is all that there is, and not of values. */
export function isForeignStdin({ files, problems, skipped }: Inputs): boolean {
  return files.length + problems.length === 0 && skipped.some(({ name }) => name === stdinName);
}

/** A file that defines no stack; a script may do so only when it is run. */
export function skippedFile(name: string, { scripts = [] }: SnapshotState, cwd: string): SkippedFile {
  return { name, openCommands: sayOpenCommands(scripts, cwd) };
}

export type InputsResult =
  | { readonly kind: 'inputs'; readonly inputs: Inputs }
  | { readonly kind: 'failed'; readonly messages: readonly string[] };

export function failed(...messages: readonly string[]): InputsResult {
  return { kind: 'failed', messages };
}
