import type { Io } from '../io/io.ts';
import type { Arguments, Flag } from './parseArguments.ts';

/** Runs a command; the answer is the exit code. */
export type RunCommand = (args: Arguments, io: Io) => Promise<number>;

export interface Example {
  readonly line: string;
  readonly does: string;
}

/** All about a command but its code, which is loaded only when it runs. */
export interface Command {
  readonly name: string;
  /** What follows the name, such as `[FILE...] [options]`. */
  readonly usage: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** Whole sentences, one a line. */
  readonly about: readonly string[];
  readonly flags: readonly Flag[];
  readonly examples: readonly Example[];
  readonly load: () => Promise<RunCommand>;
}
