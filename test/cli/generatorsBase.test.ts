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

describe('stacks near a generator in the shell', function () {
  this.timeout(20_000);

  const forked = forkedValues().replace('deploykf_auth:\n', 'deploykf_auth:\n    ours: 0\n');
  const own = 'deploykf_core: { deploykf_auth: { ours: 1 } }\n';
  const places = { 'generator/': './generator', '': 'this folder' };
  for (const [folder, shown] of Object.entries(places)) {
    it(
      `are over the generator in ${shown} as long as nothing names another`,
      inWorkspace(
        {
          [`${folder}default_values.yaml`]: forked,
          [`${folder}templates/a.yaml`]: 'a: 1\n',
          'envs/prod.yaml': own,
        },
        async workspace => {
          const note = `Taken to be over the generator in ${shown}, the nearest one: `;
          for (const argv of [['check'], ['check', '.'], ['check', 'envs/prod.yaml'], ['images']]) {
            const { stdout } = await workspace.run(argv);
            assert.ok(stdout.includes(note), argv.join(' ') + stdout);
            assert.doesNotMatch(stdout, /value-unknown/);
          }
          await workspace.run(['init']);
          assert.doesNotMatch(workspace.read('.deploykf-values.yaml'), /^release:/m);
          assert.ok((await workspace.run(['check'])).stdout.includes(note));
          const { stdout } = await workspace.run(['check', '--release', '0.1.5']);
          assert.match(stdout, /value-unknown/);
        },
      ),
    );
  }

  it(
    'are not checked where that generator is broken, which is said in both',
    inWorkspace(
      { 'g/default_values.yaml': `${forked}x: [\n`, 'g/templates/a.yaml': 'a: 1\n', 'v.yaml': own },
      async workspace => {
        const { stdout } = await workspace.run(['check', '.']);
        assert.match(
          stdout,
          /^v\.yaml:1:1 error release-unknown {2}The generator "\.\/g" has a default_values/m,
        );
        assert.match(stdout, /^g\/default_values\.yaml:\d+:\d+ error yaml-syntax/m);
      },
    ),
  );

  it(
    'are over none of two that are equally near',
    inWorkspace(
      {
        'a/default_values.yaml': forked,
        'a/templates/a.yaml': 'a: 1\n',
        'b/default_values.yaml': forked,
        'b/templates/a.yaml': 'a: 1\n',
        'v.yaml': own,
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', '.']);
        assert.match(stdout, /Taken for deployKF 0\.1\.5/);
      },
    ),
  );
});
