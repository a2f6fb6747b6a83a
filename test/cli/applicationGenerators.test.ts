import assert from 'node:assert/strict';
import { inWorkspace, type CliWorkspace } from '../support/cli.ts';

const app = (path: string, repository = ''): string =>
  [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    `    ${repository === '' ? 'path: .' : `repoURL: ${repository}`}`,
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    `        - { name: source_path, string: "${path}" }`,
    '        - { name: values, string: "kubeflow_tools: {}" }',
    '',
  ].join('\n');

async function said(workspace: CliWorkspace): Promise<readonly string[]> {
  const { findings } = (await workspace.json(['check'])) as {
    readonly findings: readonly { code: string; severity: string; message: string }[];
  };
  return findings
    .filter(({ code }) => code === 'release-unknown')
    .map(({ severity, message }) => `${severity}: ${message}`);
}

describe('the generator of an Application', () => {
  it(
    'is said to be damaged, also where its name tells the release',
    inWorkspace(
      { 'app.yaml': app('./deploykf-0.1.4-generator.zip'), 'deploykf-0.1.4-generator.zip': 'junk' },
      async workspace =>
        assert.deepEqual(await said(workspace), [
          'error: The generator "./deploykf-0.1.4-generator.zip" is not a .zip, or only the beginning of one: stack app is checked as the release that its name tells',
        ]),
    ),
  );

  it(
    'need not be here where its name tells the release',
    inWorkspace({ 'app.yaml': app('./deploykf-0.1.4-generator.zip') }, async workspace =>
      assert.deepEqual(await said(workspace), []),
    ),
  );

  it(
    'cannot be here where it is in another repository, which is no mistake',
    inWorkspace({ 'app.yaml': app('./gen', 'https://github.com/deployKF/deployKF.git') }, async workspace =>
      assert.deepEqual(await said(workspace), [
        'info: The generator "./gen" of https://github.com/deployKF/deployKF.git is not here: stack app is not checked',
      ]),
    ),
  );

  it(
    'is a mistake where it is missing in this one',
    inWorkspace({ 'app.yaml': app('./gen') }, async workspace =>
      assert.deepEqual(await said(workspace), [
        'error: The generator "./gen" does not exist, stack app is not checked: expected the folder or .zip of a generator',
      ]),
    ),
  );
});
