import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

function app(revision: string): string {
  return [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    repoURL: https://github.com/deployKF/deployKF.git',
    `    targetRevision: ${revision}`,
    '    path: .',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    '        - { name: values_files, array: [./sample-value.yaml] }',
    '',
  ].join('\n');
}

const subject = 'Values file "./sample-value.yaml" of stack app is not in the repository of deployKF 0.1.5';

describe('a file that deployKF’s own repository does not have', () => {
  it(
    'is an error at a release',
    inWorkspace({ 'app.yaml': app('v0.1.5') }, async workspace => {
      const { code, stdout } = await workspace.run(['check']);
      assert.equal(code, 1);
      assert.ok(stdout.includes(`error stack-file-missing  ${subject}: correct the path\n`), stdout);
    }),
  );

  it(
    'is a note at a branch, which may be newer',
    inWorkspace({ 'app.yaml': app('HEAD') }, async workspace => {
      const { code, stdout } = await workspace.run(['check']);
      assert.equal(code, 0);
      assert.ok(
        stdout.includes(`info stack-file-missing  ${subject}: the stack is checked without it\n`),
        stdout,
      );
      const { code: listed } = await workspace.run(['images']);
      assert.equal(listed, 0);
    }),
  );
});
