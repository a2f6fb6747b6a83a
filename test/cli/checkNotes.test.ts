import assert from 'node:assert/strict';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules, type CliWorkspace } from '../support/cli.ts';

const codes = rules.map(({ code }) => code);
const base = 'kubeflow_tools: { pipelines: { enabled: true } }\n';
const overlay =
  'kubeflow_tools: { pipelines: { profileResourceGeneration: { kfpApiTokenPodDefault: true } } }\n';
const ours = (rest: string): string => `release: 0.1.5\n${rest}${onlyRules(['stack-undefined'], codes)}`;
const mirrored = (name: string): string =>
  `deploykf_core: { deploykf_auth: { images: { dex: { repository: ${name}/dexidp/dex } } } }\n`;

/** The lines after the findings. */
async function notes(workspace: CliWorkspace, ...argv: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await workspace.run(['check', ...argv]);
  assert.equal(stderr, '');
  const lines = stdout.trimEnd().split('\n');
  return lines.slice(lines.findIndex(line => /^(?:No|\d+) finding/.test(line)));
}

const alone = (how: string): string =>
  `Checked alone, each over the defaults, but they look like one stack: values.yaml and values-overrides.yaml; check both with deploykf-values check --values values.yaml values-overrides.yaml, or ${how}`;
const written = alone('define the stack in .deploykf-values.yaml');

describe('the last lines of a check', () => {
  it(
    'say that files were checked alone that look like one stack',
    inWorkspace(
      {
        '.deploykf-values.yaml': ours(''),
        'values.yaml': base,
        'values-overrides.yaml': overlay,
      },
      async workspace => {
        assert.deepEqual(await notes(workspace), ['2 findings (2 info) in 2 of 2 files', written]);
        assert.deepEqual(await notes(workspace, '.'), ['2 findings (2 info) in 2 of 2 files', written]);
        // A file that is named is checked alone, as the user wants it.
        assert.deepEqual(await notes(workspace, 'values.yaml'), ['No findings in 1 file', written]);
        assert.deepEqual(await notes(workspace, 'values.yaml', 'values-overrides.yaml'), [
          'No findings in 2 files',
          written,
        ]);
        assert.deepEqual(await notes(workspace, '--values', 'values.yaml', 'values-overrides.yaml'), [
          'No findings in 2 files',
        ]);
        workspace.write(
          '.deploykf-values.yaml',
          ours('stacks: [{ name: a, values: [values.yaml, values-overrides.yaml] }]\n'),
        );
        for (const argv of [[], ['.']])
          assert.equal((await notes(workspace, ...argv)).length, 1, argv.join());
        assert.deepEqual((await notes(workspace, 'values.yaml')).slice(1), [
          'Checked alone: values.yaml is a layer of the stack a; check that with deploykf-values check --stack a',
        ]);
      },
    ),
  );

  it(
    'say it once, in no quiet run, and not where an Application names them',
    inWorkspace({ 'values.yaml': base, 'values-overrides.yaml': overlay }, async workspace => {
      const [, first, second] = (await notes(workspace)).slice(-3);
      assert.equal(first, alone('define the stack with deploykf-values init'));
      assert.match(second ?? '', /^Taken for deployKF 0\.1\.5/);
      assert.doesNotMatch((await workspace.run(['check', '-q'])).stdout, /alone/);
      workspace.write(
        'argocd/app.yaml',
        'kind: Application\nspec:\n  source:\n    plugin:\n      name: deploykf\n      parameters:\n        - { name: source_version, string: "0.1.5" }\n        - { name: values_files, array: [values.yaml, values-overrides.yaml] }\n',
      );
      assert.doesNotMatch((await workspace.run(['check'])).stdout, /alone/);
    }),
  );

  it(
    'are silent where the rule is off',
    inWorkspace(
      {
        '.deploykf-values.yaml': onlyRules([], codes),
        'values.yaml': base,
        'values-overrides.yaml': overlay,
      },
      async workspace =>
        assert.deepEqual(await notes(workspace, '.', '--release', '0.1.5'), ['No findings in 2 files']),
    ),
  );

  it(
    'name the project file where private images have no policy, once',
    inWorkspace(
      { 'a.yaml': mirrored('r.example.com'), 'b.yaml': mirrored('r.example.com') },
      async workspace => {
        const said = async (): Promise<readonly string[]> =>
          (await notes(workspace, '--release', '0.1.5', '.')).filter(line =>
            line.includes('no registry policy'),
          );
        assert.deepEqual(await said(), [
          'Images come from registries of your own, but there is no registry policy, so that it is not known which of them are private: define it with deploykf-values init',
        ]);
        workspace.write('.deploykf-values.yaml', '# ours\nrules: {}\n');
        assert.deepEqual(await said(), [
          'Images come from registries of your own, but there is no registry policy, so that it is not known which of them are private: define it in .deploykf-values.yaml',
        ]);
        workspace.write('.deploykf-values.yaml', 'registry: { private: [r.example.com] }\n');
        assert.deepEqual(await said(), []);
      },
    ),
  );

  it(
    'do not count registries that many share',
    inWorkspace({ 'a.yaml': mirrored('quay.io') }, async workspace =>
      assert.equal((await notes(workspace)).filter(line => line.includes('policy')).length, 0),
    ),
  );

  it(
    'say for which files each release is taken where there are several',
    inWorkspace({ 'v0.1.3.yaml': mirrored('quay.io'), 'b.yaml': mirrored('quay.io') }, async workspace => {
      const lines = (await notes(workspace, '.')).filter(line => line.includes('Taken for'));
      assert.deepEqual(
        lines.map(line => line.slice(0, line.indexOf(','))),
        ['b.yaml: Taken for deployKF 0.1.5', 'v0.1.3.yaml: Taken for deployKF 0.1.3'],
      );
    }),
  );
});
