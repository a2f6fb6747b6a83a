// npm test [-- STAGE...]: runs every stage, also after a failure, and ends with `N passed, N failed`. What needs no other stage runs
// beside the others; its output comes when it is over.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../test/e2e/harness/paths.ts';

interface Stage {
  readonly name: string;
  readonly command: string;
  /** Whether the command is a mocha suite, which leaves its totals in `dist/test-results`. */
  readonly isSuite?: boolean;
  /** Those of one round are run before those of the next. */
  readonly round: 1 | 2;
  /** Run together with the others of its round, which are run in turn. */
  readonly isBeside?: true;
  /** The reason not to run it here; `undefined`: it runs. */
  readonly skip?: string | undefined;
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly failures?: readonly Failure[];
  /** What failed first; it passed when it was tried once more, unless it is among the failures, too. */
  readonly retried?: readonly Failure[];
}

interface Failure {
  readonly title: string;
  readonly error: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const results = join(root, 'dist/test-results');

const stages: readonly Stage[] = [
  {
    name: 'helm',
    command: 'npm run --silent helm',
    round: 1,
    skip: process.env.DEPLOYKF_REGISTRY === 'required' ? undefined : 'only with DEPLOYKF_REGISTRY=required',
  },
  { name: 'check', command: 'npm run --silent check', round: 1 },
  { name: 'core', command: 'npm run --silent test:core', isSuite: true, round: 1 },
  { name: 'attacks', command: 'npm run --silent test:attacks', isSuite: true, round: 2 },
  { name: 'rest', command: 'npm run --silent test:rest', isSuite: true, round: 2 },
  { name: 'lint', command: 'npm run --silent lint', round: 2, isBeside: true },
  { name: 'package', command: 'npm run --silent package', round: 2, isBeside: true },
  {
    name: 'e2e',
    round: 2,
    isBeside: true,
    command: 'mocha --config test/e2e/.mocharc.json "test/e2e/*.test.ts"',
    isSuite: true,
    skip: reasonToSkipE2e(),
  },
];

process.exitCode = await runAll(process.argv.slice(2));

async function runAll(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => stages.every(stage => stage.name !== name));
  if (unknown.length > 0) throw new Error(`No stage is called ${unknown.join(', ')}`);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const chosen = stages.filter(({ name }) => names.length === 0 || names.includes(name));
  const totals = await runStages(chosen);
  const passed = sum(totals.map(total => total.passed));
  const failed = sum(totals.map(total => total.failed));
  for (const { failures = [], retried = [] } of totals) {
    for (const { title, error } of retried) console.log(`\nTried twice: ${title}\n${beginningOf(error)}`);
    for (const { title, error } of failures) console.log(`\nFailed: ${title}\n${beginningOf(error)}`);
  }
  const line = `${passed} passed, ${failed} failed`;
  writeFileSync(join(results, 'total.txt'), `${line}\n`);
  console.log(`\n${line}`);
  return failed === 0 ? 0 : 1;
}

function beginningOf(error: string): string {
  return error.split('\n').slice(0, 12).join('\n');
}

async function runStages(chosen: readonly Stage[]): Promise<readonly Totals[]> {
  const totals: Totals[] = [];
  for (const round of [1, 2]) {
    const own = chosen.filter(stage => stage.round === round);
    const beside = own.filter(({ isBeside }) => isBeside === true);
    const others = own.filter(({ isBeside }) => isBeside !== true);
    const output = others.length === 0 ? 'shown' : 'kept';
    totals.push(...(await Promise.all([runInTurn(others, 'shown'), runInTurn(beside, output)])).flat());
  }
  return totals;
}

/** Output that is kept is shown when its stage is over. */
type Output = 'shown' | 'kept';

async function runInTurn(chosen: readonly Stage[], output: Output): Promise<readonly Totals[]> {
  const totals: Totals[] = [];
  for (const stage of chosen) totals.push(await runStage(stage, output));
  return totals;
}

async function runStage({ name, command, isSuite, skip }: Stage, output: Output): Promise<Totals> {
  if (skip !== undefined) {
    console.log(`\n${name}: skipped, ${skip}`);
    return { passed: 0, failed: 0 };
  }
  if (output === 'shown') console.log(`\n${name}: ${command}`);
  const start = performance.now();
  const { status, kept } = await runCommand(name, command, output);
  if (output === 'kept') process.stdout.write(`\n${name}: ${command}\n${kept}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'} in ${seconds} s`);
  const totals = isSuite === true ? readTotals(name) : { passed: 0, failed: 0 };
  if (status === 0 || totals.failed > 0) return totals;
  return { ...totals, failed: 1, failures: [{ title: name, error: `${command} failed: see above` }] };
}

function runCommand(
  name: string,
  command: string,
  output: Output,
): Promise<{ readonly status: number | null; readonly kept: string }> {
  const way = output === 'shown' ? 'inherit' : 'pipe';
  const env = { ...process.env, DEPLOYKF_SUITE: name };
  const child = spawn(command, { cwd: root, shell: true, stdio: ['ignore', way, way], env });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => void parts.push(part));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', status => {
      resolve({ status, kept: Buffer.concat(parts).toString() });
    });
  });
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
