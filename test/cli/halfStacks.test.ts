import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const files = {
  'sample-values.yaml': 'kubeflow_tools:\n  katib:\n    enabled: true\n',
  'sample-values-overrides.yaml': 'kubeflow_tools:\n  katib: { images: { katibUi: { tag: v1 } } }\n',
};

/** As people write it: with Windows' line ends and comments. */
const project = '# ours\r\nregistry:\r\n  rules:\r\n    - { source: "*", target: r.example.com/x } # all\r\n';

describe('files that look like one stack', () => {
  it(
    'may have a release in their names',
    inWorkspace(
      {
        'sample-values-0.1.5.yaml': files['sample-values.yaml'],
        'sample-values-overrides-0.1.5.yaml': files['sample-values-overrides.yaml'],
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(
          stdout,
          /^Checked alone, .*: sample-values-0\.1\.5\.yaml and sample-values-overrides-0\.1\.5\.yaml/m,
        );
        assert.doesNotMatch(stdout, /is disabled/);
        const { stdout: written } = await workspace.run(['init']);
        assert.match(
          written,
          /^Stack default: sample-values-0\.1\.5\.yaml, sample-values-overrides-0\.1\.5\.yaml$/m,
        );
      },
    ),
  );

  it(
    'are not paired over the releases in their names',
    inWorkspace(
      {
        'prod-0.1.4.yaml': files['sample-values.yaml'],
        'prod-0.1.5.yaml': files['sample-values.yaml'],
        'prod-overrides-0.1.5.yaml': files['sample-values-overrides.yaml'],
      },
      async workspace => {
        const { stdout } = await workspace.run(['check']);
        assert.match(stdout, /^Checked alone, .*: prod-0\.1\.5\.yaml and prod-overrides-0\.1\.5\.yaml/m);
      },
    ),
  );

  it(
    'disable nothing and lack nothing, since another may set it',
    inWorkspace(files, async workspace => {
      const { stdout } = await workspace.run(['check', '.']);
      assert.match(stdout, /stack-undefined/);
      assert.doesNotMatch(stdout, /is disabled|value-refused/);
    }),
  );

  it(
    'disable nothing where one of them is named alone',
    inWorkspace(
      {
        'kf/base/values.yaml': files['sample-values.yaml'],
        'kf/overlays/prod/values.yaml': files['sample-values-overrides.yaml'],
        'alone/values.yaml': files['sample-values-overrides.yaml'],
        'script/a.yaml': files['sample-values.yaml'],
        'script/b.yaml': files['sample-values-overrides.yaml'],
        'script/gen.sh': 'deploykf generate -V 0.1.5 -f a.yaml -f b.yaml -O out\n',
      },
      async workspace => {
        const checked = async (file: string): Promise<string> =>
          (await workspace.run(['check', file])).stdout;
        const overlay = await checked('kf/overlays/prod/values.yaml');
        assert.match(
          overlay,
          /^Checked alone, .*: kf\/base\/values\.yaml and kf\/overlays\/prod\/values\.yaml; /m,
        );
        assert.doesNotMatch(overlay, /is disabled/);
        assert.doesNotMatch(await checked('script/b.yaml'), /is disabled/);
        assert.match(await checked('alone/values.yaml'), /kubeflow_tools\.katib is disabled/);
        const { stdout: written } = await workspace.run(['init']);
        assert.match(written, /^Stack prod: kf\/base\/values\.yaml, kf\/overlays\/prod\/values\.yaml$/m);
      },
    ),
  );

  it(
    'are not rewritten where another may override the image',
    inWorkspace({ ...files, '.deploykf-values.yaml': project }, async workspace => {
      const { stdout } = await workspace.run(['check', '.']);
      assert.match(stdout, /stack-undefined/);
      assert.doesNotMatch(stdout, /image-not-overridden/);
      assert.match(stdout, /still come from public registries/);
      await workspace.run(['fix', '.']);
      assert.equal(workspace.read('sample-values.yaml'), files['sample-values.yaml']);
    }),
  );

  it(
    'are added by init to a project file without stacks, which keeps every byte',
    inWorkspace({ ...files, '.deploykf-values.yaml': project }, async workspace => {
      const { code, stdout } = await workspace.run(['init']);
      assert.equal(code, 0);
      assert.match(stdout, /^Added 1 stack to \.deploykf-values\.yaml\nStack default: /);
      const text = workspace.read('.deploykf-values.yaml');
      assert.ok(text.startsWith(project));
      assert.match(text.slice(project.length), /^stacks:\r\n {2}- name: default\r\n/);
      const { stdout: checked } = await workspace.run(['check']);
      assert.doesNotMatch(checked, /stack-undefined|is disabled/);
      const again = await workspace.run(['init']);
      assert.equal(again.code, 2);
      assert.match(again.stderr, /already exists: use --force/);
      assert.equal(workspace.read('.deploykf-values.yaml'), text);
    }),
  );

  it(
    'do not change what a project file says otherwise, or what cannot be read',
    inWorkspace({ ...files }, async workspace => {
      for (const [text, ...argv] of [
        [project, '--registry', 'other.example.com'],
        ['release: 0.1.4\n', '--release', '0.1.5'],
        ['release: [\n'],
        ['- a\n'],
        ['stacks: []\n'],
      ]) {
        workspace.write('.deploykf-values.yaml', text ?? '');
        const { code, stderr } = await workspace.run(['init', ...argv]);
        assert.equal(code, 2, text);
        assert.match(stderr, /already exists: use --force/);
        assert.equal(workspace.read('.deploykf-values.yaml'), text);
      }
    }),
  );
});
