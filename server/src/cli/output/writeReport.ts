import { resolve } from 'node:path';
import type { TextStyle } from '../../core/report/style.ts';
import { replaceFile } from '../../host/replaceFile.node.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { complain, ioOf, styleOf, type ColorChoice, type Io } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';
import { displayPath, pathOf, stdoutName } from '../io/paths.ts';

/** Where a report goes: standard output, or a file. */
export interface ReportOutput {
  /** A text for people. */
  readonly write: (text: string) => void;
  readonly writeData: (text: string) => void;
  readonly writeJson: (value: unknown) => void;
  readonly style: (color: ColorChoice) => TextStyle;
}

/**
 * Hands out where the report goes, and writes the file, if it is one. `false`: that was not possible, which has been said.
 */
export async function writeReport(
  io: Io,
  file: string | undefined,
  inputs: Inputs,
  print: (output: ReportOutput) => void | Promise<void>,
): Promise<boolean> {
  if (file === undefined || file === stdoutName) {
    await print(outputOf(io));
    return true;
  }
  const path = resolve(io.cwd, file);
  const name = displayPath(io.cwd, path);
  const { files, projects } = inputs;
  const own = [
    ...files.map(({ path: each }) => each),
    ...projects.map(each => pathOf(io.cwd, each.file.uri)),
  ];
  if (own.includes(path)) {
    complain(io, `${name} is one of the files that are checked and is left alone: give --output another one`);
    return false;
  }
  let text = '';
  const stream = { isTerminal: false, columns: undefined, write: (part: string) => void (text += part) };
  await print(outputOf(ioOf({ ...io, stdout: stream, stderr: stream })));
  const problem = await replaceFile(path, { text });
  if (problem !== undefined) complain(io, `${name} ${problem}`);
  return problem === undefined;
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
