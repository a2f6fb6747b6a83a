import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const policy =
  'registry:\n  rules:\n    - { source: "*", target: "registry.example.com/{registry}/{path}" }\n';

function app(files: string): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    repoURL: https://git.example.com/ml/kv.git',
    '    path: deploy',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    '        - name: values_files',
    `          array: ${files}`,
    '        - name: values',
    '          string: |',
    '            kubeflow_tools: { katib: { enabled: true } }',
    '',
  ].join('\n');
}

const cases = {
  'in another repository': '[./values/base.yaml]',
  'of a set': '["./{{.cluster}}/values.yaml"]',
  'with a variable in its name': '["./values-${ENV}.yaml"]',
  'in a list that another tool writes': '${jsonencode(var.files)}',
};

describe('a layer that is not here', () => {
  for (const [name, files] of Object.entries(cases)) {
    it(
      `${name}: one line says so, and nothing rests on it`,
      inWorkspace({ '.deploykf-values.yaml': policy, 'app.yaml': app(files) }, async workspace => {
        const { code, stdout } = await workspace.run(['check', '.']);
        assert.equal(code, 0);
        assert.match(stdout, /app\.yaml:13:\d+ info stack-file-missing .* checked without it$/m);
        assert.doesNotMatch(stdout, /image-not-overridden|-retired|to rewrite/);
        await workspace.run(['fix', '.']);
        assert.equal(workspace.read('app.yaml'), app(files));
        for (const argv of [
          ['images'],
          ['explain', 'kubeflow_tools.katib.enabled'],
          ['pull-secret', 'explain'],
        ]) {
          const { code, stdout, stderr } = await workspace.run(argv);
          assert.equal(code, 0, argv.join(' '));
          assert.notEqual(stdout, '');
          assert.match(stderr, /^deploykf-values: Values file ".*" of stack app is .* without it\n$/);
        }
        const images = (await workspace.run(['images'])).stdout;
        assert.match(images, /^Katib kubeflow_tools\.katib$/m);
        assert.match(images, /\(not known to be enabled\)/);
        assert.doesNotMatch(images, /\(not enabled\)|\d not enabled/);
        assert.match(images, /that no value can change, \d+ not deployed, \d+ not known to be deployed$/m);
        const { stdout: minio } = await workspace.run(['explain', 'deploykf_opt.deploykf_minio.enabled']);
        assert.match(minio, /^ {2}false \(a layer that is missing here may set another value\)$/m);
        const { stdout: secrets } = await workspace.run(['pull-secret', 'explain']);
        assert.match(secrets, /"enabled" is false by default, unless a layer that is missing here sets it/);
        const { code: mirrored } = await workspace.run(['mirror']);
        assert.equal(mirrored, 2);
      }),
    );
  }
});
