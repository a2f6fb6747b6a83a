import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';
import { application } from '../support/manifests.ts';

const project = 'release: 0.1.5\nstacks:\n  - { name: prod, values: [prod.yaml] }\n';
const prod = 'deploykf_core: { deploykf_auth: { dex: { staticPasswords: [] } } }\n';
const withTag = (tag: string): string =>
  application(
    'app',
    '- name: values',
    '  string: |',
    `    deploykf_core: { deploykf_auth: { images: { dex: { tag: ${tag} } } } }`,
  );

const files = {
  '.deploykf-values.yaml': project,
  'prod.yaml': prod,
  'argocd/app.yaml': withTag('2.40'),
  'other/.deploykf-values.yaml': 'release: 0.1.5\n',
  'other/app.yaml': withTag('2.40'),
};

describe('Applications beside the stacks of a project file', () => {
  it(
    'are checked and fixed like these',
    inWorkspace(files, async workspace => {
      const { code, stdout } = await workspace.run(['check']);
      assert.equal(code, 1);
      assert.match(stdout, /^argocd\/app\.yaml:11:\d+ error image-tag-type /m);
      assert.match(stdout, / in \d of 2 files$/m);
      await workspace.run(['fix', '--only', 'image-tag-type']);
      assert.equal(workspace.read('argocd/app.yaml'), withTag('"2.40"'));
      assert.equal(workspace.read('prod.yaml'), prod);
    }),
  );

  it(
    'are left alone below another project file',
    inWorkspace(files, async workspace => {
      await workspace.run(['fix']);
      assert.equal(workspace.read('other/app.yaml'), withTag('2.40'));
    }),
  );

  for (const command of ['images', 'mirror', 'explain deploykf_core.deploykf_auth.images.dex']) {
    it(
      `are named by ${command}, which is about one stack`,
      inWorkspace(files, async workspace => {
        const { stdout, stderr } = await workspace.run(command.split(' '));
        assert.doesNotMatch(stdout, /dexidp\/dex:2\.40/);
        assert.equal(
          stderr,
          'deploykf-values: only the stacks of the project file are looked at here, not the Application app: add --stack app for one\n',
        );
      }),
    );
  }

  it(
    'are looked at where they are asked for, and by what is about all stacks',
    inWorkspace(files, async workspace => {
      const { stdout, stderr } = await workspace.run(['images', '--stack', 'app']);
      assert.match(stdout, /dexidp\/dex:2\.40?/);
      assert.equal(stderr, '');
      const found = await workspace.run(['explain', '--image', 'dexidp/dex']);
      assert.match(found.stdout, /prod/);
      assert.match(found.stdout, /app/);
      assert.equal(found.stderr, '');
    }),
  );
});
