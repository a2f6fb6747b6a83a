import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure, type Row } from './measure.ts';
import { valuesOf } from './measureWorkspace.ts';

const stacks = 200;
const filesPerStack = 5;

/** The command line as people have it: the one of the npm package, else the one bundle. `undefined`: none is built. */
export function builtCli(): string | undefined {
  const paths = ['dist/npm/dist/cli.js', 'dist/cli.cjs'];
  return paths.map(path => fileURLToPath(new URL(`../../../${path}`, import.meta.url))).find(existsSync);
}

/** What a shell waits for: the least of some runs, since other programs only make them longer, beside Node's own start. */
export async function measureShell(cli: string, folder: string): Promise<readonly Row[]> {
  const repository = join(folder, 'repository');
  writeRepository(repository);
  const alone = join(folder, 'alone/values.yaml');
  mkdirSync(dirname(alone));
  writeFileSync(alone, valuesOf('values.yaml'));
  const one = ['check', alone, '--release', '0.1.5'];
  const all = ['check', '--config', join(repository, '.deploykf-values.yaml')];
  return [
    ['node -e 0', least(['-e', '0'])],
    ['--version (at most 60 ms)', least([cli, '--version'])],
    ['check of one file (at most 250 ms)', least([cli, ...one])],
    ['check of 1,000 files (4 s, 300 MiB)', await twice(cli, all)],
    ['the same as SARIF (1.5 times that)', await twice(cli, [...all, '--format', 'sarif'])],
  ];
}

async function twice(cli: string, words: readonly string[]): Promise<string> {
  const runs = [await measure(cli, words), await measure(cli, words)];
  const seconds = Math.min(...runs.map(run => run.seconds));
  const memory = Math.max(...runs.map(run => run.memory));
  return `${seconds.toFixed(1)} s, ${memory.toFixed(0)} MiB`;
}

function least(words: readonly string[]): string {
  const times = Array.from({ length: 12 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    if (status === null || status > 1) throw new Error(`${words.join(' ')}: ${stderr}`);
    return performance.now() - start;
  });
  return `${Math.min(...times).toFixed(1)} ms`;
}

/** A repository of many stacks, each of several files, and a registry policy. */
function writeRepository(folder: string): void {
  const lines = [
    'release: 0.1.5',
    'registry:',
    '  rules:',
    '    - { source: "*", target: "registry.example.com/{registry}/{path}" }',
    'stacks:',
  ];
  for (let stack = 0; stack < stacks; stack++) {
    const names = Array.from({ length: filesPerStack }, (_, index) => `stack-${stack}/values-${index}.yaml`);
    for (const name of names) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, valuesOf(name));
    }
    lines.push(`  - { name: stack-${stack}, values: [${names.join(', ')}] }`);
  }
  writeFileSync(join(folder, '.deploykf-values.yaml'), `${lines.join('\n')}\n`);
}
