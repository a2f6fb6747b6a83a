import { schema } from '../../core/report/json.ts';
import { printableJson } from '../../core/text/printable.ts';
import { exitCodes, programName, type Io } from './io.ts';

/** Whether the words ask for JSON, even when something else is wrong with them. */
export function asksForJson(words: readonly string[]): boolean {
  return words.some(
    (word, index) => word === '--format=json' || (word === '--format' && words[index + 1] === 'json'),
  );
}

/**
 * Runs a command whose standard output a program reads: where it could not run and so has printed nothing there, its
 * complaints are printed as JSON, beside those on standard error.
 */
export async function runForJson(io: Io, run: (io: Io) => Promise<number>): Promise<number> {
  const printed: string[] = [];
  const complaints: string[] = [];
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
        complaints.push(text);
        io.stderr.write(text);
      },
    },
  });
  if (code === exitCodes.failed && printed.length === 0) {
    const message = complaints.join('').trimEnd().replaceAll(`${programName}: `, '');
    writeJson(io, { schema, error: { message } });
  }
  return code;
}

export function writeJson(io: Pick<Io, 'stdout'>, value: unknown): void {
  io.stdout.writeData(`${printableJson(JSON.stringify(value, undefined, 2))}\n`);
}
