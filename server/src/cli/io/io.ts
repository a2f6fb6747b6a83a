import { paintAnsi, plainStyle, type TextStyle } from '../../core/report/style.ts';

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** `undefined` when the width is not known. */
  readonly columns: number | undefined;
}

export interface Input {
  readonly isTerminal: boolean;
  /** Everything up to its end. */
  read(): Promise<Uint8Array>;
  /** One line that the user types; the question goes to the terminal. `undefined`: the user broke it off. */
  ask(question: string): Promise<string | undefined>;
}

/** All of the outside world that a command touches, but for files. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  /** Runs the language server over standard input and output. */
  startServer(): Promise<void>;
}

export const programName = 'deploykf-values';

/** `clean`: nothing to complain about. `findings`: there is. `failed`: it could not run. */
export const exitCodes = { clean: 0, findings: 1, failed: 2 } as const;

/** One clear line on standard error. */
export function complain(io: Io, message: string): void {
  io.stderr.write(`${programName}: ${message}\n`);
}

/** Says why it could not run. */
export function fail(io: Io, message: string): number {
  complain(io, message);
  return exitCodes.failed;
}

export type ColorChoice = 'auto' | 'always' | 'never';

export function styleOf(output: Output, choice: ColorChoice, env: Io['env']): TextStyle {
  const isWanted =
    choice === 'always' || (choice === 'auto' && output.isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb');
  return {
    paint: isWanted ? paintAnsi : plainStyle.paint,
    width: output.isTerminal ? output.columns : undefined,
  };
}
