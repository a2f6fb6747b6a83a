import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStreams } from './manifestStreams.ts';
import { measure, type Row } from './measure.ts';

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
