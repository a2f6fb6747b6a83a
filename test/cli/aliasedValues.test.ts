import assert from 'node:assert/strict';
import { inWorkspace, type CliWorkspace } from '../support/cli.ts';

const application = (string: string, own = '', head = ''): string =>
  `${head}apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: app}
spec:
  source:
    repoURL: https://github.com/deployKF/deployKF.git
    targetRevision: v0.1.5
    plugin:
      name: deploykf
      parameters:
        - {name: source_version, string: "0.1.5"}
        - name: values
          string: ${string}
${own}`;

const vals = (indent: string): string =>
  ['&vals |', '  deploykf_core:', '    deploykf_auth: {images: {dex: {tag: 2.40}}}', ''].join(`\n${indent}`);

async function tagTypes(workspace: CliWorkspace): Promise<readonly number[]> {
  const { findings } = (await workspace.json(['check'])) as {
    readonly findings: readonly { code: string; range: { start: { line: number } } }[];
  };
  return findings.filter(({ code }) => code === 'image-tag-type').map(({ range }) => range.start.line);
}

const shared = `kind: Application
metadata: {name: app}
x-parameters: &all
  - {name: source_version, string: "0.1.5"}
  - name: values
    string: |
      deploykf_core:
        deploykf_auth: {images: {dex: {tag: 2.40}}}
spec:
  source:
    plugin:
      name: deploykf
      parameters: *all
`;

describe('values of an Application that an alias stands for', () => {
  it(
    'are checked and fixed at their anchor',
    inWorkspace({ 'app.yaml': application('*vals', '', `x-values: ${vals('')}\n`) }, async workspace => {
      assert.deepEqual(await tagTypes(workspace), [2]);
      await workspace.run(['fix']);
      assert.match(workspace.read('app.yaml'), /x-values: &vals \|\n.*\n.*tag: "2\.40"/);
    }),
  );

  it('are reported once, and not fixed where something else has the same text', async () => {
    const two = application('*vals', '', `x: ${vals('')}\n`);
    const list = (objects: readonly string[]): string =>
      `kind: List\nitems:\n${objects.map(object => `- ${object.trim().replaceAll('\n', '\n  ')}\n`).join('')}`;
    const shared = list([two, application('*vals')]);
    await inWorkspace({ 'app.yaml': shared }, async workspace => {
      assert.equal((await tagTypes(workspace)).length, 1);
      await workspace.run(['fix']);
      assert.match(workspace.read('app.yaml'), /tag: "2\.40"/);
    })();
    const elsewhere = application('*vals', 'other: *vals\n', `x: ${vals('')}\n`);
    await inWorkspace({ 'app.yaml': elsewhere }, async workspace => {
      assert.equal((await tagTypes(workspace)).length, 1);
      await workspace.run(['fix']);
      assert.equal(workspace.read('app.yaml'), elsewhere);
    })();
  });

  it(
    'are found where the alias stands for all parameters, and not fixed there',
    inWorkspace({ 'app.yaml': shared }, async workspace => {
      const { findings } = (await workspace.json(['check'])) as {
        readonly findings: readonly { code: string }[];
      };
      assert.deepEqual(
        [...new Set(findings.map(({ code }) => code))].filter(code => /^(?:stack|image-tag)/.test(code)),
        ['image-tag-type'],
      );
      await workspace.run(['fix']);
      assert.equal(workspace.read('app.yaml'), shared);
    }),
  );
});
