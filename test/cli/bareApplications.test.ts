import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const policy =
  'registry:\n  rules:\n    - { source: "*", target: "registry.example.com/{registry}/{path}" }\n';

/** The Application of deployKF's guide with other parameters than its own. */
function app(...parameters: readonly string[]): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    repoURL: https://github.com/deployKF/deployKF',
    '    targetRevision: v0.1.5',
    '    path: .',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    ...parameters.map(parameter => `        ${parameter}`),
    '',
  ].join('\n');
}

const sample = '- { name: values_files, array: [./sample-values.yaml] }';
const empty = '- { name: values, string: "" }';

const cases = {
  'with the sample values alone': [sample],
  'without any values': [],
  'with a string that is null': [sample, '- { name: values, string: }'],
};

describe('an Application without values of its own', () => {
  for (const [name, parameters] of Object.entries(cases)) {
    it(
      `${name}: what is said of the stack is said at its plugin`,
      inWorkspace({ '.deploykf-values.yaml': policy, 'app.yaml': app(...parameters) }, async workspace => {
        const { code, stdout } = await workspace.run(['check']);
        assert.equal(code, 1);
        for (const rule of ['image-retired', 'chart-retired', 'image-not-overridden'])
          assert.match(stdout, new RegExp(`^app\\.yaml:10:13 warning ${rule} `, 'm'));
        workspace.write('app.yaml', app(...parameters.slice(0, 1), empty));
        const { stdout: said } = await workspace.run(['check']);
        const findings = (text: string): readonly string[] =>
          [...text.matchAll(/^app\.yaml:\S+ (.*)$/gm)].map(([, finding = '']) => finding).toSorted();
        assert.deepEqual(findings(stdout), findings(said));
      }),
    );
  }

  it(
    'names the images that no value can change',
    inWorkspace({ '.deploykf-values.yaml': policy, 'app.yaml': app(sample) }, async workspace => {
      const { stdout } = await workspace.run(['check']);
      assert.match(stdout, /^app\.yaml:10:13 info image-hidden  kubeflow_tools\.pipelines: /m);
    }),
  );

  it(
    'is not changed by a fix, which says why',
    inWorkspace({ '.deploykf-values.yaml': policy, 'app.yaml': app(sample) }, async workspace => {
      const { stdout } = await workspace.run(['fix']);
      assert.match(
        stdout,
        /^There is nowhere to write overrides of Application app: add the parameter "values" /m,
      );
      assert.equal(workspace.read('app.yaml'), app(sample));
    }),
  );

  it(
    'is left alone where a template may add them',
    inWorkspace(
      { '.deploykf-values.yaml': policy, 'app.yaml': app(sample, '{{- toYaml .Values.more | nindent 8 }}') },
      async workspace => {
        const { code, stdout } = await workspace.run(['check']);
        assert.equal(code, 0, stdout);
      },
    ),
  );

  it(
    'is what init leads to: there is no values file to be written first',
    inWorkspace({ 'app.yaml': app(sample) }, async workspace => {
      const { stdout } = await workspace.run(['init']);
      assert.match(stdout, /^Next: run deploykf-values check$/m);
    }),
  );
});
