import assert from 'node:assert/strict';
import { findCommands } from '../../../server/src/core/stack/command.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws';
const values = 'kubeflow_tools: {}\n';

/** The files of the first stack of a workspace in which `team` is a project of its own. */
function firstStack(
  texts: Readonly<Record<string, string>>,
  script?: string,
  path = 'team/ci/run.sh',
): readonly string[] {
  const text = script ?? '';
  const uri = `${root}/${path}`;
  const { plans } = Snapshot.of({
    catalogs,
    folders: [root, `${root}/team`].map(folder => ({
      uri: folder,
      settings: noSettings,
      project: undefined,
    })),
    files: new Map(
      Object.entries(texts).map(([path, own]) => [`${root}/${path}`, new ValuesFile(`${root}/${path}`, own)]),
    ),
    scripts:
      script === undefined ? [] : [{ uri, file: new ValuesFile(uri, text), commands: findCommands(text) }],
  });
  return plans[0]?.uris.map(file => file.slice(root.length + 1)) ?? [];
}

describe('paths in a project inside of a workspace', () => {
  const application = `kind: Application
metadata: { name: app }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - { name: values_files, array: [team/prod.yaml, own.yaml, gone.yaml] }
`;

  it('of an Application lead to the root of the repository, else to the project, all to one of them', () => {
    const texts = { 'team/argo/app.yaml': application, 'team/prod.yaml': values, 'team/own.yaml': values };
    assert.deepEqual(firstStack(texts), ['team/prod.yaml', 'own.yaml', 'gone.yaml']);
    const inProject = { 'team/argo/app.yaml': application, 'team/own.yaml': values };
    assert.deepEqual(firstStack(inProject), ['team/team/prod.yaml', 'team/own.yaml', 'team/gone.yaml']);
  });

  it('of a script lead to where it is, to the project or to the root of the repository', () => {
    const command = 'deploykf generate -f here.yaml -f own.yaml -f root.yaml -f gone.yaml\n';
    const texts = { 'team/ci/here.yaml': values, 'team/own.yaml': values, 'root.yaml': values };
    assert.deepEqual(firstStack(texts, command), [
      'team/ci/here.yaml',
      'team/own.yaml',
      'root.yaml',
      'team/ci/gone.yaml',
    ]);
  });

  it('of a workflow lead to the root of the repository first', () => {
    const command = 'deploykf generate -f both.yaml -f gone.yaml\n';
    const texts = { 'both.yaml': values, '.github/workflows/both.yaml': values };
    assert.deepEqual(firstStack(texts, command, '.github/workflows/ci.yaml'), ['both.yaml', 'gone.yaml']);
  });
});
