import type { Io } from '../io/io.ts';
import type { Given, Options } from './options.ts';
import { parseArguments } from './parseArguments.ts';

/** Runs a command; the answer is the exit code. */
export type RunCommand<T extends Options> = (given: Given<T>, io: Io) => Promise<number>;

export interface Example {
  readonly line: string;
  readonly does: string;
}

interface CommandTexts {
  /** Two words for one of a group, such as `pull-secret add`. */
  readonly name: string;
  /** What follows the name, such as `[FILE...] [options]`. */
  readonly usage: string;
  /** The words that it takes after its name, where these are not files. */
  readonly operands?: readonly string[];
  /** One line in the imperative, without a full stop. */
  readonly summary: string;
  /** Whole sentences, wrapped into lines. */
  readonly about: readonly string[];
  readonly examples: readonly Example[];
}

/** All about a command but its code, which is loaded only when it runs. */
export interface Command extends CommandTexts {
  readonly options: Options;
  /** Reads the words after the name; the answer is the exit code, or what is wrong with the words. */
  readonly start: (words: readonly string[], io: Io) => Promise<number> | { readonly wrong: string };
}

interface Definition<T extends Options> extends CommandTexts {
  readonly options: T;
  readonly load: () => Promise<RunCommand<T>>;
}

/** Ties the options that a command declares to those that its code is given. */
export function defineCommand<T extends Options>({ load, ...command }: Definition<T>): Command {
  return {
    ...command,
    start: (words, io) => {
      const parsed = parseArguments(command.options, words);
      if (parsed.kind === 'wrong') return { wrong: parsed.message };
      return load().then(run => run(parsed.given, io));
    },
  };
}
