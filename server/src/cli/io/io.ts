import type { Readable, Writable } from 'node:stream';
import { plainStyle, type TextStyle } from '../../core/report/style.ts';
import { withoutLogins } from '../../core/text/logins.ts';
import { makeColours, type Colours } from './colours.ts';

/** A stream of the process. */
export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** `undefined` when the width is not known. */
  readonly columns: number | undefined;
}

/** Where a command prints. */
export interface Output extends Omit<Stream, 'write'> {
  /** Prints a text for people: of what a terminal would obey, only what `paint` made is left. */
  write(text: string): void;
  readonly paint: Colours['paint'];
  /** Prints what a program takes byte by byte: JSON, a patch, a manifest. On a terminal it is for people, too. */
  writeData(text: string): void;
  /** Shows on a terminal how far long work is, in place of what it showed before; `''` removes that. */
  showProgress(text: string): void;
}

export interface Input {
  readonly isTerminal: boolean;
  /** Everything up to its end. */
  read(): Promise<Uint8Array>;
  /** Everything up to its end as text, in pieces, however much it is. */
  readPieces(take: (text: string) => void): Promise<undefined>;
  /** One line that the user types; the question goes to the terminal. `undefined`: the user broke it off. */
  ask(question: string): Promise<string | undefined>;
}

/** Standard input and output as they are, for what speaks a protocol over them. */
export interface Pipes {
  readonly input: Readable;
  readonly output: Writable;
}

/** All of the outside world that the command line touches, except for files. */
export interface Outside extends Omit<Io, 'stdout' | 'stderr'> {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** The same as commands have it. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The day, such as 2026-12-31; `undefined`: what depends on it is not judged. */
  readonly today?: string | undefined;
  /** A program calls, which knows options by their names and not as flags. */
  readonly isLibrary?: true;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly pipes: Pipes;
  /** Runs the language server over standard input and output. */
  startServer(): Promise<void>;
  /** Calls back when the user breaks off with Ctrl-C, which otherwise ends the process; the answer takes it back. */
  onInterrupt(listener: () => void): () => void;
}

export const programName = 'deploykf-values';

/** `clean`: nothing to complain about. `findings`: there is. `failed`: it could not run. */
export const exitCodes = { clean: 0, findings: 1, failed: 2 } as const;

/** An option as the caller knows it: `--stack NAME`, or `"stack"` for a program. */
export function sayOption({ isLibrary }: Pick<Io, 'isLibrary'>, name: string, value?: string): string {
  if (isLibrary === true) return `"${name}"`;
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** One clear line on standard error. */
export function complain(io: Io, message: string): void {
  io.stderr.write(`${programName}: ${withoutLogins(message)}\n`);
}

/** Says why it could not run. */
export function fail(io: Io, message: string): number {
  complain(io, message);
  return exitCodes.failed;
}

export type ColorChoice = 'auto' | 'always' | 'never';

export function styleOf(output: Output, choice: ColorChoice, env: Io['env']): TextStyle {
  const isWanted = choice === 'auto' ? wantsColour(output, env) : choice === 'always';
  return {
    paint: isWanted ? output.paint : plainStyle.paint,
    width: output.isTerminal ? output.columns : undefined,
  };
}

/** `FORCE_COLOR` counts before `NO_COLOR`, as in Node. */
function wantsColour({ isTerminal }: Output, env: Io['env']): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

export function ioOf({ stdout, stderr, ...others }: Outside): Io {
  return { ...others, stdout: outputOf(stdout), stderr: outputOf(stderr) };
}

function outputOf(stream: Stream): Output {
  const { isTerminal, columns } = stream;
  const { paint, show } = makeColours();
  const write = (text: string): void => stream.write(show(text));
  const showProgress = (text: string): void => {
    if (isTerminal) stream.write(`\r\u001b[K${show(text)}`);
  };
  const writeData = isTerminal ? write : (text: string): void => stream.write(text);
  return { isTerminal, columns, paint, write, writeData, showProgress };
}
