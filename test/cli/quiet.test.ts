import assert from 'node:assert/strict';
import { CliWorkspace } from '../support/cli.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      oauth2Proxy: { tag: "v7.5.1" }\n';
/** Nobody runs this registry. */
const rules = 'registry: { rules: [{ source: "*", target: "127.0.0.1:1/{registry}/{path}" }] }\n';
const project = `release: 0.1.4\n${rules}stacks: [{ name: prod, values: [prod.yaml] }]\n`;

describe('--quiet', () => {
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({ 'prod.yaml': values, '.deploykf-values.yaml': project });
  });
  afterEach(() => workspace.remove());

  const trials: readonly (readonly [argv: readonly string[], summary: RegExp])[] = [
    [['mirror'], /^deployKF 0\.1\.4, prod: \d+ images to mirror[^]*$/m],
    [['upgrade', '0.1.5'], /^deployKF 0\.1\.4 to 0\.1\.5, prod: [^]*$/m],
    [['verify', '--plain-http', '127.0.0.1:1'], /^deployKF 0\.1\.4, prod: 0 of \d+ images are there\n$/m],
  ];
  for (const [argv, summary] of trials)
    it(`of ${argv[0] ?? ''} leaves out the summary, and changes neither the rest nor the exit code`, async () => {
      const loud = await workspace.run(argv);
      const quiet = await workspace.run([...argv, '--quiet']);
      assert.match(loud.stdout, summary);
      assert.equal(`${quiet.stdout}\n`, loud.stdout.replace(summary, ''));
      assert.deepEqual([quiet.code, quiet.stderr], [loud.code, loud.stderr]);
    });

  it('of init and pull-secret add says nothing where all went well', async () => {
    const silence = { code: 0, stdout: '', stderr: '' };
    const add = ['pull-secret', 'add', '--name', 'reg', '--namespace', 'argocd', 'prod.yaml', '-q'];
    assert.deepEqual(await workspace.run(add), silence);
    assert.match(workspace.read('prod.yaml'), /existingSecret: reg/);
    const init = ['init', '--registry', 'registry.example.com', '--force', '-q'];
    assert.deepEqual(await workspace.run(init), silence);
    assert.match(workspace.read('.deploykf-values.yaml'), /registry\.example\.com/);
  });

  it('shows no progress of a report', async () => {
    const real = performance.now.bind(performance);
    let time = 0;
    try {
      performance.now = () => (time += 1000);
      const argv = ['report', '--html', 'page.html'];
      assert.match((await workspace.run(argv, { columns: 80 })).stderr, /1 of 1 files/);
      assert.doesNotMatch((await workspace.run([...argv, '-q'], { columns: 80 })).stderr, /1 of 1 files/);
    } finally {
      performance.now = real;
    }
  });
});
