import { spawn } from 'node:child_process';

/** One line of a table of figures. */
export type Row = readonly [what: string, figure: string];

/** Tells on the third stream how much memory the process had at most, in KiB. */
const tellMemory =
  'import { writeSync } from "node:fs"; process.once("exit", () => writeSync(3, `${process.resourceUsage().maxRSS}`));';

/** Runs the command line once; the memory is in MiB. Rejects when it ends with more than 1. */
export async function measure(
  cli: string,
  words: readonly string[],
): Promise<{ readonly seconds: number; readonly memory: number }> {
  const start = performance.now();
  const hook = `data:text/javascript,${encodeURIComponent(tellMemory)}`;
  const child = spawn(process.execPath, ['--import', hook, cli, ...words], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let told = '';
  child.stdio[3]?.on('data', (part: Buffer) => void (told += part.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status === null || status > 1) throw new Error(`${words.join(' ')} ended with ${status}`);
  return { seconds: (performance.now() - start) / 1000, memory: Number(told) / 1024 };
}
