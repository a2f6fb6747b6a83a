import { PassThrough, Readable } from 'node:stream';
import { resolve } from 'node:path';
import type { CheckJson } from '../core/report/json.ts';
import type { ImagesJson } from '../core/report/imagesJson.ts';
import type { RunCommand } from '../cli/arguments/command.ts';
import { checkOptions, stackOptions } from '../cli/arguments/commandOptions.ts';
import type { Given, Options } from '../cli/arguments/options.ts';
import { parseArguments } from '../cli/arguments/parseArguments.ts';
import { exitCodes, ioOf, programName, type Io } from '../cli/io/io.ts';
import { stdinName } from '../cli/io/paths.ts';
import { pathKind } from '../host/textFiles.node.ts';
import { checkedOptions, type LibraryOptions } from './checkedOptions.ts';

interface Printed {
  readonly check: CheckJson;
  readonly images: ImagesJson;
}

export interface Collected<T> {
  readonly json: T;
  /** The lines of standard error. */
  readonly messages: readonly string[];
}

type Run = (options: LibraryOptions, io: Io) => Promise<number>;

const runners: Readonly<Record<keyof Printed, Run>> = {
  check: async (options, io) => {
    const { runCheck } = await import('../cli/commands/check.ts');
    return runWith(runCheck, { ...given(checkOptions, options), format: 'json' }, io);
  },
  images: async (options, io) => {
    const { runImages } = await import('../cli/commands/images.ts');
    return runWith(runImages, { ...given(stackOptions, options), format: 'json' }, io);
  },
};

/** Runs a command as the command line does, without a process, and gives what it prints. Rejects where it could not run. */
export async function collectOutput<K extends keyof Printed>(
  command: K,
  options: LibraryOptions,
): Promise<Collected<Printed[K]>> {
  const checked = checkedOptions(command, options);
  const cwd = resolve(checked.cwd ?? '.');
  if ((await pathKind(cwd)) !== 'folder') throw new Error(`${cwd} is not a folder`);
  let printed = '';
  let complaints = '';
  const io = ioOf({
    cwd,
    env: {},
    isLibrary: true,
    today: new Date().toISOString().slice(0, 10),
    stdout: { write: text => void (printed += text), isTerminal: false, columns: undefined },
    stderr: { write: text => void (complaints += text), isTerminal: false, columns: undefined },
    stdin: textInput(checked.text ?? ''),
    pipes: { input: Readable.from([]), output: new PassThrough() },
    startServer: () => Promise.resolve(),
    onInterrupt: () => () => undefined,
  });
  const code = await runners[command](checked, io);
  const said = complaints.trimEnd().replaceAll(`${programName}: `, '');
  if (code === exitCodes.failed) throw new Error(said);
  const messages = said.split('\n').filter(line => line !== '');
  return { json: JSON.parse(printed) as Printed[K], messages };
}

function runWith<T extends Options>(run: RunCommand<T>, options: Given<T>, io: Io): Promise<number> {
  return run(options, io);
}

/** The options of a command as if they had been given to it in the shell. */
function given<T extends Options>(declared: T, options: LibraryOptions): Given<T> {
  const absent = parseArguments(declared, []);
  if (absent.kind === 'wrong') throw new Error(absent.message);
  const { cwd: _cwd, text, files = [], ...others } = options;
  const operands = [...files, ...(text === undefined ? [] : [stdinName])];
  return { ...absent.given, ...others, operands };
}

function textInput(text: string): Io['stdin'] {
  return {
    isTerminal: false,
    read: () => Promise.resolve(new TextEncoder().encode(text)),
    readPieces: take => {
      take(text);
      return Promise.resolve(undefined);
    },
    ask: () => Promise.resolve(undefined),
  };
}
