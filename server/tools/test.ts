// npm test [-- STAGE...]: runs every stage, also after a failure, and ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../test/e2e/harness/paths.ts';

interface Stage {
  readonly name: string;
  readonly command: string;
  /** Whether the command is a mocha suite, which leaves its totals in `dist/test-results`. */
  readonly isSuite?: boolean;
  /** The reason not to run it here; `undefined`: it runs. */
  readonly skip?: string | undefined;
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const results = join(root, 'dist/test-results');
const stages: readonly Stage[] = [
  { name: 'check', command: 'npm run --silent check' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'core', command: 'npm run --silent test:core', isSuite: true },
  { name: 'rest', command: 'npm run --silent test:rest', isSuite: true },
  { name: 'package', command: 'npm run --silent package' },
  {
    name: 'e2e',
    command: 'mocha --config test/e2e/.mocharc.json "test/e2e/*.test.ts"',
    isSuite: true,
    skip: reasonToSkipE2e(),
  },
];

process.exitCode = runAll(process.argv.slice(2));

function runAll(names: readonly string[]): number {
  const unknown = names.filter(name => stages.every(stage => stage.name !== name));
  if (unknown.length > 0) throw new Error(`No stage is called ${unknown.join(', ')}`);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const chosen = stages.filter(({ name }) => names.length === 0 || names.includes(name));
  const totals = chosen.map(runStage);
  const passed = sum(totals.map(total => total.passed));
  const failed = sum(totals.map(total => total.failed));
  const line = `${passed} passed, ${failed} failed`;
  writeFileSync(join(results, 'total.txt'), `${line}\n`);
  console.log(`\n${line}`);
  return failed === 0 ? 0 : 1;
}

function runStage({ name, command, isSuite, skip }: Stage): Totals {
  if (skip !== undefined) {
    console.log(`\n${name}: skipped, ${skip}`);
    return { passed: 0, failed: 0 };
  }
  console.log(`\n${name}: ${command}`);
  const start = performance.now();
  const env = { ...process.env, DEPLOYKF_SUITE: name };
  const { status } = spawnSync(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  console.log(
    `${name}: ${status === 0 ? 'passed' : 'failed'} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  const totals = isSuite === true ? readTotals(name) : { passed: 0, failed: 0 };
  return status === 0 || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

/** A suite that broke before its end left none: its exit status then counts as one failure. */
function readTotals(name: string): Totals {
  try {
    return JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8')) as Totals;
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function reasonToSkipE2e(): string | undefined {
  if (process.env.DEPLOYKF_E2E === 'required' || findChromium() !== undefined) return undefined;
  return 'no Chromium was found: install it (apt-get install chromium) or name it in DEPLOYKF_CHROMIUM';
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
