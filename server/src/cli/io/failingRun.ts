import { exitCodes, programName, type Io } from './io.ts';

/** What programs read, which is to be whole also where a command could not run. */
export type FailedFormat = 'json' | 'github' | 'gitlab' | 'junit' | 'sarif';

/** Those of `check`; some of them are long, and mostly written to a file. */
const ofLog: readonly FailedFormat[] = ['json', 'github'];
const ofCheck: readonly FailedFormat[] = [...ofLog, 'gitlab', 'junit', 'sarif'];

/** The format that the words ask for, even when something else is wrong with them; `undefined`: one for people. */
export function askedFormat([command, ...words]: readonly string[]): FailedFormat | undefined {
  const formats = formatsOf(command, words);
  return formats.find(format =>
    words.some(
      (word, index) => word === `--format=${format}` || (word === '--format' && words[index + 1] === format),
    ),
  );
}

function formatsOf(command: string | undefined, words: readonly string[]): readonly FailedFormat[] {
  if (command !== 'check') return ['json'];
  return words.some(word => /^(?:-o|--output)(?:=|$)/.test(word)) ? ofLog : ofCheck;
}

/**
 * Runs a command whose standard output a program reads: where it could not run and so has printed nothing there, `report` makes
 * of its complaints what is printed, beside those on standard error.
 */
export async function runForReport(
  io: Io,
  run: (io: Io) => Promise<number>,
  report: (complaints: readonly string[]) => Promise<string>,
): Promise<number> {
  const printed: string[] = [];
  const said: string[] = [];
  const code = await run({
    ...io,
    stdout: {
      ...io.stdout,
      writeData: text => {
        printed.push(text);
        io.stdout.writeData(text);
      },
    },
    stderr: {
      ...io.stderr,
      write: text => {
        said.push(text);
        io.stderr.write(text);
      },
    },
  });
  if (code === exitCodes.failed && printed.length === 0)
    io.stdout.writeData(await report(said.map(text => text.trimEnd().replace(`${programName}: `, ''))));
  return code;
}
