import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const project =
  'registry:\n  rules: [{ source: "*", target: "registry.example.com/{registry}/{path}" }]\nrules: { image-tag-unpinned: off }\n';
const dex =
  'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/ghcr.io/dexidp/dex\n';

describe('layers that only a run of the script has', () => {
  it(
    'are named where it fetches them, and nothing rests on them',
    inWorkspace(
      {
        'prod.yaml': dex,
        '.deploykf-values.yaml': project,
        'generate.sh': [
          'curl -fL -o sample-values-0.1.5.yaml https://example.com/sample-values.yaml',
          'deploykf generate --source-version 0.1.5 --values sample-values-0.1.5.yaml --values prod.yaml --output-dir out',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(
          stdout,
          /stack-file-missing {2}Values file "sample-values-0\.1\.5\.yaml" of stack generate\.sh does not exist before the script is run: the stack is checked without it\n/,
        );
        assert.doesNotMatch(stdout, /No findings|image-not-overridden/);
        const images = await workspace.run(['images']);
        assert.equal(images.code, 0);
        assert.match(
          images.stderr,
          /"sample-values-0\.1\.5\.yaml" of stack generate\.sh does not exist before/,
        );
      },
    ),
  );

  it(
    'are named where a loop has their names, and no finding rests on them',
    inWorkspace(
      {
        'base.yaml': 'kubeflow_tools:\n  pipelines:\n    enabled: true\n',
        'envs/dev.yaml': 'kubeflow_dependencies:\n  kubeflow_argo_workflows:\n    enabled: true\n',
        'generate.sh': [
          'for env in dev prod; do',
          '  deploykf generate --source-version 0.1.4 --values base.yaml --values "envs/${env}.yaml" --output-dir out',
          'done',
          '',
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', 'generate.sh']);
        assert.match(stdout, /Values file "envs\/\$\{env\}\.yaml" of stack generate\.sh is known only when/);
        assert.doesNotMatch(stdout, /value-refused|is disabled/);
        const { stdout: images } = await workspace.run(['images', 'generate.sh']);
        assert.match(images, /deployKF 0\.1\.4/);
      },
    ),
  );
});
