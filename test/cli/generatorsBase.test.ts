import assert from 'node:assert/strict';
import { forkedValues } from '../support/generators.ts';
import { inWorkspace } from '../support/cli.ts';

const policy =
  'registry:\n  rules:\n    - { source: "*", target: "registry.example.com/{registry}/{path}" }\n';
const templates = { 'generator/templates/manifests/a.yaml': 'a: 1\n' };
const base = 'generator/default_values.yaml';
const broken = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      kubectl:',
  '        repository: docker.io/bitnami/kubectl',
  '        tag: 1.10',
  '      dex: ~',
  '    dex: 5',
  '    dex: {}',
  '',
].join('\n');

describe('the defaults of a generator in the shell', function () {
  this.timeout(10_000);

  it(
    'are never fixed, also when they are named',
    inWorkspace(
      { ...templates, '.deploykf-values.yaml': policy, [base]: forkedValues() },
      async workspace => {
        for (const operand of [base, '.']) {
          const { code, stdout } = await workspace.run(['fix', operand]);
          assert.equal(code, 0);
          assert.equal(stdout, 'Nothing to fix\n');
          const checked = await workspace.run(['check', operand]);
          assert.equal(checked.stdout, 'No findings in 1 file\n');
        }
        assert.equal(workspace.read(base), forkedValues());
      },
    ),
  );

  it(
    'are told what is wrong with them as a base',
    inWorkspace({ ...templates, '.deploykf-values.yaml': policy, [base]: broken }, async workspace => {
      for (const argv of [['check', base], ['check', '.'], ['check']]) {
        const { code, stdout } = await workspace.run([...argv, '-q']);
        assert.equal(code, 1);
        const told = [...stdout.matchAll(/^generator\/default_values\.yaml:(\d+):\d+ \w+ ([\w-]+)/gm)];
        assert.deepEqual(
          told.map(([, line, code]) => `${line} ${code}`),
          ['6 image-tag-type', '7 value-null-section', '9 yaml-duplicate-key'],
          argv.join(' '),
        );
      }
      await workspace.run(['fix', base]);
      assert.equal(workspace.read(base), broken);
    }),
  );
});
