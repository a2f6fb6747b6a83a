import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, runLimited, type LimitedRun } from '../support/limited.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';

describe('The streams of the command line', function () {
  this.timeout(60_000);
  const program = bundle('cli');
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
  before(() => writeFileSync(join(folder, 'values.yaml'), values));
  after(() => {
    program.remove();
    rmSync(folder, { recursive: true });
  });

  const sh = (command: string): Promise<LimitedRun> => {
    const called = command.replaceAll('deploykf-values', `"${process.execPath}" "${program.file}"`);
    return runLimited('sh', ['-c', called], { cwd: folder });
  };

  for (const words of [
    '--help',
    '--version',
    'check --help',
    'check values.yaml',
    'check values.yaml --format json',
    'fix --dry-run values.yaml',
    'images values.yaml',
    'explain deploykf_core.deploykf_auth.images.dex values.yaml',
    'pull-secret --registry registry.example.com --name a --namespace b',
    'pull-secret --explain values.yaml',
  ]) {
    it(`full: ${words}`, async () => {
      const { code, stderr } = await sh(`deploykf-values ${words} > /dev/full`);
      assert.equal(code, 2);
      const complaints = stderr.split('\n').filter(line => line.startsWith('deploykf-values: '));
      assert.deepEqual(complaints, ['deploykf-values: the output cannot be written: the disk is full']);
    });
  }

  it('closed early, which is not a mistake', async () => {
    assert.deepEqual(await sh('deploykf-values images values.yaml | head -1 > /dev/null'), {
      code: 0,
      stdout: '',
      stderr: '',
    });
    const { code } = await sh('deploykf-values check values.yaml 2>&- >&-');
    assert.notEqual(code, undefined);
  });

  for (const [words, message] of [
    ['check none.yaml', 'none.yaml does not exist'],
    ['check --stack none', 'there is no stack "none"'],
    ['check --release 9.9.9 values.yaml', 'the release "9.9.9" is not known'],
    ['check --wrong', 'unknown option "--wrong"'],
    ['check --fail-on', '--fail-on needs a value'],
    ['chekc', 'unknown command "chekc"'],
    ['fix none.yaml', 'none.yaml does not exist'],
    ['images none.yaml', 'none.yaml does not exist'],
    ['explain none.none values.yaml', 'has no value "none.none"'],
    ['pull-secret --explain none.yaml', 'none.yaml does not exist'],
    [`check ${'a'.repeat(300)}.yaml`, 'the name is too long'],
  ] as const) {
    it(`JSON on failure: ${words.slice(0, 40)}`, async () => {
      const { code, stdout } = await sh(`deploykf-values ${words} --format json`);
      const { schema, error } = JSON.parse(stdout) as { schema: number; error: { message: string } };
      assert.deepEqual([code, schema], [2, 1]);
      assert.ok(error.message.includes(message), error.message);
      assert.ok(!error.message.startsWith('deploykf-values:'));
    });
  }
});
