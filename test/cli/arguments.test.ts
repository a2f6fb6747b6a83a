import assert from 'node:assert/strict';
import { commands } from '../../server/src/cli/commands.ts';
import { flagOf } from '../../server/src/cli/arguments/options.ts';
import manifest from '../../package.json' with { type: 'json' };
import { CliWorkspace } from '../support/cli.ts';

const workspace = new CliWorkspace();

/** Exit code and standard error. */
async function complaint(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(argv);
  assert.equal(stdout, '');
  return `${code} ${stderr}`;
}

describe('arguments', () => {
  after(() => workspace.remove());

  it('are checked, with what may be meant', async () => {
    assert.equal(
      await complaint('chekc'),
      '2 deploykf-values: unknown command "chekc", did you mean "check"? (see deploykf-values --help)\n',
    );
    assert.equal(
      await complaint('zzz'),
      '2 deploykf-values: unknown command "zzz": choose from check, fix, images, explain, mirror, verify, rendered, upgrade, report, pull-secret create, pull-secret add, pull-secret explain, init, schema, completion, lsp, mcp (see deploykf-values --help)\n',
    );
    assert.equal(
      await complaint('prod.yaml'),
      '2 deploykf-values: "prod.yaml" is not a command: to check a file use deploykf-values check prod.yaml\n',
    );
    assert.equal(
      await complaint('check', '--valeus', 'a'),
      '2 deploykf-values: unknown option "--valeus", did you mean "--values"? (see deploykf-values check --help)\n',
    );
    assert.equal(
      await complaint('check', '--format', 'jsn'),
      '2 deploykf-values: --format cannot be "jsn", did you mean "json"? (see deploykf-values check --help)\n',
    );
    assert.equal(
      await complaint('check', '--fail-on=always'),
      '2 deploykf-values: --fail-on cannot be "always": use error, warning, info, hint, never (see deploykf-values check --help)\n',
    );
    assert.equal(
      await complaint('check', '--stack'),
      '2 deploykf-values: --stack needs a value: --stack NAME (see deploykf-values check --help)\n',
    );
    assert.equal(
      await complaint('check', '--values', '-q'),
      '2 deploykf-values: --values needs at least one file (see deploykf-values check --help)\n',
    );
    assert.equal(
      await complaint('check', '--quiet=yes'),
      '2 deploykf-values: --quiet takes no value (see deploykf-values check --help)\n',
    );
    assert.equal(
      await complaint('images', '--dry-run'),
      '2 deploykf-values: unknown option "--dry-run" (see deploykf-values images --help)\n',
    );
  });

  it('ask for the version and for help', async () => {
    assert.deepEqual(await workspace.run(['--version']), {
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
    const help = await workspace.run(['--help']);
    assert.deepEqual([help.code, help.stderr], [0, '']);
    for (const { name, summary } of commands)
      assert.match(help.stdout, new RegExp(`\n  ${name} +${summary}\n`));
    assert.deepEqual(await workspace.run(['help']), help);
    const none = await workspace.run([]);
    assert.deepEqual(none, { code: 2, stdout: '', stderr: help.stdout });
  });

  for (const { name, options, examples } of commands) {
    it(`${name} has help with every option and examples`, async () => {
      const { code, stdout } = await workspace.run([...name.split(' '), '--help']);
      assert.equal(code, 0);
      assert.deepEqual(await workspace.run(['help', ...name.split(' ')]), { code, stdout, stderr: '' });
      for (const key of Object.keys(options)) assert.ok(stdout.includes(` ${flagOf(key)}`), key);
      for (const { line } of examples) assert.ok(stdout.includes(`deploykf-values ${line} `), line);
    });
  }

  it('start the language server', async () => {
    const before = workspace.starts;
    assert.deepEqual(await workspace.run(['lsp', '--stdio']), { code: 0, stdout: '', stderr: '' });
    assert.equal(workspace.starts, before + 1);
  });
});
