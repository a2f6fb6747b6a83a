import assert from 'node:assert/strict';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import type { Script } from '../../../server/src/core/workspace/state.ts';
import { findCommands } from '../../../server/src/core/stack/command.ts';
import type { StackPlan } from '../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';

function plansOf(
  files: Readonly<Record<string, string>>,
  scripts: Readonly<Record<string, string>>,
): string[] {
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws', settings: noSettings, project: undefined }],
    files: new Map(
      Object.entries(files).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
    scripts: Object.entries(scripts).map(([name, text]) => script(name, text)),
  });
  return snapshot.plans.map(print);
}

function script(name: string, text: string): Script {
  const uri = root + name;
  return { uri, file: new ValuesFile(uri, text), commands: findCommands(text) };
}

function print({ kind, name, release, generator, uris }: StackPlan): string {
  const source = generator === undefined ? (release ?? '') : `fork ${generator.places.join(' ')}`;
  return `${kind} ${name} ${source}: ${uris.join(' ')}`.replaceAll(root, '');
}

const application = `kind: Application
metadata: { name: app }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - { name: source_version, string: "0.1.4" }
        - { name: values_files, array: [./base.yaml] }
`;

describe('stacks of commands in scripts', () => {
  it('have paths relative to the script, else to the folder of the workspace', () =>
    assert.deepEqual(
      plansOf(
        { 'a.yaml': values, 'ci/b.yaml': values },
        { 'ci/run.sh': 'deploykf generate -V 0.1.5 -f a.yaml -f b.yaml -f c.yaml\n' },
      ),
      ['command ci/run.sh 0.1.5: a.yaml ci/b.yaml ci/c.yaml'],
    ));

  it('have paths relative to where the script goes before, if the file is there', () => {
    const files = { 'values.yaml': values, 'prod/values.yaml': values, 'ci/prod/values.yaml': values };
    const first = (script: string, folder: string): string | undefined =>
      plansOf(files, { [script]: `cd ${folder} && deploykf generate -V 0.1.5 -f values.yaml\n` })[0];
    assert.equal(first('run.sh', 'prod'), 'command run.sh 0.1.5: prod/values.yaml');
    assert.equal(first('run.sh', 'build'), 'command run.sh 0.1.5: values.yaml');
    assert.equal(first('ci/run.sh', 'prod'), 'command ci/run.sh 0.1.5: ci/prod/values.yaml');
    assert.equal(first('lib/run.sh', 'prod'), 'command lib/run.sh 0.1.5: prod/values.yaml');
  });

  it('are named by their script and number', () =>
    assert.deepEqual(
      plansOf(
        { 'a.yaml': values, 'b.yaml': values },
        { Makefile: 'a:\n\tdeploykf generate -f a.yaml\nb:\n\tdeploykf generate -f b.yaml\n' },
      ),
      ['command Makefile : a.yaml', 'command Makefile (2) : b.yaml'],
    ));

  it('are nothing new where Applications name all their files, or another script says the same', () =>
    assert.deepEqual(
      plansOf(
        { 'app.yaml': application, 'base.yaml': values, 'dev.yaml': values },
        {
          'a.sh': 'deploykf generate -f base.yaml\n',
          'b.sh': 'deploykf generate -f base.yaml,dev.yaml\n',
          'c.sh': 'deploykf generate -f base.yaml -f dev.yaml\n',
        },
      ),
      ['application app 0.1.4: base.yaml', 'command b.sh : base.yaml dev.yaml'],
    ));

  it('may name the source of a fork', () =>
    assert.deepEqual(
      plansOf(
        { 'a.yaml': values },
        { 'ci/run.sh': 'deploykf generate --source-path ../generator -f ../a.yaml\n' },
      ),
      ['command ci/run.sh fork generator file:///generator: a.yaml'],
    ));
});

describe('the choice of a stack', () => {
  it('puts its view first and keeps all views', () => {
    const snapshot = Snapshot.of({
      catalogs,
      folders: [{ uri: 'file:///ws', settings: noSettings, project: undefined }],
      files: new Map([[`${root}a.yaml`, new ValuesFile(`${root}a.yaml`, values)]]),
      scripts: ['x', 'y', 'z'].map(name => script(`${name}.sh`, `deploykf generate -f a.yaml,${name}.yaml`)),
    });
    const names = (world: Snapshot): readonly string[] =>
      world.viewsByChoice(`${root}a.yaml`).map(view => view.stack.name);
    assert.deepEqual(names(snapshot), ['x.sh', 'y.sh', 'z.sh']);
    const chosen = snapshot.withActive(`command:${root}z.sh#0`).withActive(`command:${root}y.sh#0`);
    assert.deepEqual(names(chosen), ['y.sh', 'z.sh', 'x.sh']);
    assert.equal(chosen.viewsOf(`${root}a.yaml`)[0], snapshot.viewsOf(`${root}a.yaml`)[0]);
  });
});
