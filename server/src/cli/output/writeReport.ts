import { resolve } from 'node:path';
import type { TextStyle } from '../../core/report/style.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { ioOf, styleOf, type ColorChoice, type Io } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';
import { stdoutName } from '../io/paths.ts';
import { writeNamed } from './writeNamed.ts';

/** Where a report goes: standard output, or a file. */
export interface ReportOutput {
  /** A text for people. */
  readonly write: (text: string) => void;
  readonly writeData: (text: string) => void;
  readonly writeJson: (value: unknown) => void;
  readonly style: (color: ColorChoice) => TextStyle;
}

/** The file that standard output may be redirected to must not be replaced by another one. */
const stdoutNames: readonly string[] = [stdoutName, '/dev/stdout', '/dev/fd/1'];

/** Hands out where the report goes, and writes the file, if it is one. `false`: that was not possible, which has been said. */
export async function writeReport(
  io: Io,
  file: string | undefined,
  inputs: Inputs,
  print: (output: ReportOutput) => void | Promise<void>,
): Promise<boolean> {
  if (file === undefined || stdoutNames.includes(file)) {
    await print(outputOf(io));
    return true;
  }
  let text = '';
  const stream = { isTerminal: false, columns: undefined, write: (part: string) => void (text += part) };
  await print(outputOf(ioOf({ ...io, stdout: stream, stderr: stream })));
  return writeNamed(io, resolve(io.cwd, file), inputs, { text });
}

function outputOf(io: Io): ReportOutput {
  const { stdout, env } = io;
  return {
    write: text => stdout.write(text),
    writeData: text => stdout.writeData(text),
    writeJson: value => writeJson(io, value),
    style: color => styleOf(stdout, color, env),
  };
}
