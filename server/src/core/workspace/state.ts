import type { CatalogSource } from '../catalog/catalogSource.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';
import type { Project, Settings } from './settings.ts';
import type { GenerateCommand } from '../stack/command.ts';
import type { StackPlan } from '../stack/plan.ts';
import type { Repository } from '../stack/repository.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { StackVerification } from '../verify/types.ts';

/** A workspace folder and what was decided for it. */
export interface Folder {
  readonly uri: string;
  /** The project file's settings over the editor's. */
  readonly settings: Settings;
  readonly project: Project | undefined;
}

export interface SnapshotState {
  readonly catalogs: CatalogSource;
  readonly folders: readonly Folder[];
  readonly files: ReadonlyMap<string, ValuesFile>;
  /** Files of stacks that the host looked for and that do not exist; `undefined`: it did not look. */
  readonly missing?: ReadonlySet<string>;
  /** Folders are still being read: there may be other stacks, of other layers and releases. */
  readonly isReading?: boolean;
  /**
   * Files of stacks that are there and that the host could not read, each with a phrase to put after its
   * name.
   */
  readonly unreadable?: ReadonlyMap<string, string>;
  /** Stacks that the user gave, such as on the command line, instead of those found. */
  readonly given?: readonly StackPlan[];
  /** Files that other stacks than the given ones may have as a layer; `undefined`: none, or not looked for. */
  readonly shared?: ReadonlySet<string> | undefined;
  /** Scripts that generate from values files. */
  readonly scripts?: readonly Script[];
  /** The `default_values.yaml` of generators: the base of stacks, and not values of a user. */
  readonly bases?: ReadonlySet<string>;
  /** `false`: the host cannot read generators, so that none is taken that nobody names. */
  readonly readsGenerators?: boolean;
  /** What deployKF says of output that it has generated. */
  readonly outputs?: readonly GeneratedOutput[];
  /** The repositories that folders are in; `undefined`: not looked for. */
  readonly repositories?: readonly Repository[];
  /** The pull secrets that are in YAML files of the workspace; `undefined`: not looked for. */
  readonly secrets?: readonly LocatedSecret[] | undefined;
  /** The day, such as 2026-12-31, that suppressions with a last day are judged by; `undefined`: they are not. */
  readonly today?: string | undefined;
  /** What registries were seen to have, by the id of the stack that was asked about. */
  readonly verified?: ReadonlyMap<string, StackVerification>;
  /** The ids of the stacks that the user chose to see first, the latest choice first. */
  readonly active?: readonly string[];
}

/** A `.deploykf_output`, which deployKF writes into the folder that it generates. */
export interface GeneratedOutput {
  readonly uri: string;
  /** `undefined`: it does not name one. */
  readonly release: string | undefined;
  /** Why it cannot be read, a phrase to put after its name. */
  readonly problem?: string;
}

/** A shell script, Makefile or CI file with `deploykf generate` in it. */
export interface Script {
  readonly uri: string;
  /** Its text, which is not YAML to look into. */
  readonly file: ValuesFile;
  /** At least one, in the order of the text. */
  readonly commands: readonly GenerateCommand[];
}
