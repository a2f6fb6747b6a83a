import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStreams } from './manifestStreams.ts';

type Row = readonly [what: string, figure: string];

/** Tells on the third stream how much memory the process had at most, in KiB. */
const tellMemory =
  'import { writeSync } from "node:fs"; process.once("exit", () => writeSync(3, `${process.resourceUsage().maxRSS}`));';

/** What the commands about mirrors take from start to end. */
export async function measureCommands(cli: string, folder: string): Promise<readonly Row[]> {
  mkdirSync(folder, { recursive: true });
  const values = join(folder, 'values.yaml');
  writeFileSync(values, 'deploykf_core: {}\n');
  const rows: Row[] = [
    ['mirror of a stack', medianOf(cli, ['mirror', values])],
    ['upgrade 0.1.4 0.1.5', medianOf(cli, ['upgrade', '0.1.4', '0.1.5', values])],
  ];
  for (const { name, path } of writeStreams(folder)) {
    const { seconds, memory } = await measure(cli, ['rendered', path, '--values', values]);
    rows.push([`rendered: ${name}`, `${seconds.toFixed(1)} s, ${memory.toFixed(0)} MiB`]);
    rmSync(path);
  }
  return rows;
}

function medianOf(cli: string, words: readonly string[]): string {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' });
    if (status === null || status > 1) throw new Error(`${words.join(' ')}: ${stderr}`);
    return performance.now() - start;
  });
  return `${(times.toSorted((a, b) => a - b)[3] ?? 0).toFixed(1)} ms`;
}

async function measure(
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
