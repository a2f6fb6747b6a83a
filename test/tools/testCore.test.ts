import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { runLimited, type LimitedRun } from '../support/limited.ts';
import { root } from '../support/sources.ts';

describe('npm run test:core', () => {
  let folder = '';
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'deploykf-test-core-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(lines: readonly string[]): string {
    const file = join(folder, 'some.test.ts');
    writeFileSync(file, lines.join('\n'));
    return file;
  }

  it('fails with the file and line of the test, and sums up', async () => {
    const file = write([
      "import assert from 'node:assert/strict';",
      'interface Two { readonly two: number }',
      "it('good', () => undefined);",
      "it('bad', () => {",
      '  const { two }: Two = { two: 2 };',
      '  assert.equal(two, 3);',
      '});',
    ]);
    const { code, stdout } = await run([file]);
    assert.equal(code, 1);
    assert.match(stdout, /some\.test\.ts:6:10/);
    assert.match(stdout, /\n {2}user CPU \d+\.\d s.*, wall \d+\.\d s\n/);
    const totals = readFileSync(join(root, 'dist/test-results/testCore.json'), 'utf8');
    const { failures, ...counts } = JSON.parse(totals) as {
      readonly failures: readonly { readonly title: string; readonly error: string }[];
    };
    assert.deepEqual(
      { ...counts, duration: 0 },
      { passed: 1, failed: 1, skipped: 0, duration: 0, retried: [] },
    );
    assert.deepEqual(
      failures.map(({ title, error }) => [title, /2 !== 3/.test(error)]),
      [['bad', true]],
    );
  });

  it('runs only what -g chooses', async () => {
    const file = write(["it('good', () => undefined);", "it('bad', () => { throw new Error(); });"]);
    const { code, stdout } = await run(['-g', 'good', file]);
    assert.deepEqual([code, /1 passing/.test(stdout)], [0, true], stdout);
  });

  it('fails when a test cannot be loaded', async () => {
    const { code, stderr } = await run([
      write(["import { nothing } from './nothing.ts';", "it('x', nothing);"]),
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /some\.test\.ts:1:24: ERROR: Could not resolve/);
  });

  it('rewrites the markers in the source of a test with UPDATE=1', async () => {
    const lines = (markers: readonly string[]): readonly string[] => [
      `import { check } from ${JSON.stringify(join(root, 'test/support/fixture.ts'))};`,
      "it('x', () =>",
      '  check(`',
      '    kubeflow_tools:',
      '      pipelinez: {}',
      ...markers,
      "  `, { codes: ['value-unknown'] }));",
    ];
    const file = write(lines([]));
    assert.equal((await run([file], { UPDATE: '1' })).code, 0);
    const marker =
      '    ~ ^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "pipelinez" in "kubeflow_tools", did you mean "pipelines"?';
    assert.equal(readFileSync(file, 'utf8'), lines([marker]).join('\n'));
    assert.equal((await run([file])).code, 0);
  });
});

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<LimitedRun> {
  const [program = '', ...own] = manifest.scripts['test:core'].split(' ');
  assert.equal(program, 'node');
  const suite = { DEPLOYKF_SUITE: 'testCore', UPDATE: '' };
  return runLimited(process.execPath, [...own, ...args], {
    cwd: root,
    env: { ...process.env, ...suite, ...env },
  });
}
