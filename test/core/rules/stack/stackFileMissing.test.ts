import assert from 'node:assert/strict';
import { checkFile } from '../../../../server/src/core/check/check.ts';
import { Snapshot } from '../../../../server/src/core/workspace/snapshot.ts';
import { joinUri } from '../../../../server/src/core/stack/uri.ts';
import { workspaceOf } from '../../../support/renaming.ts';
import { root } from '../../../support/stacks.ts';

const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';

/** The findings of the rule in the values files, when all but these are looked for in vain. */
function missingOf(script: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const { state } = workspaceOf({
    'a.yaml': values,
    'b.yaml': values,
    [script]: texts[script] ?? '',
    ...texts,
  });
  const named = Snapshot.of(state).plans.flatMap(plan => plan.uris);
  const snapshot = Snapshot.of({ ...state, missing: new Set(named.filter(uri => !state.files.has(uri))) });
  return ['a.yaml', 'b.yaml'].flatMap(name =>
    checkFile(snapshot, joinUri(root, name))
      .filter(({ code }) => code === 'stack-file-missing')
      .map(({ severity, message, span }) => `${name}:${span.start}-${span.end} ${severity}: ${message}`),
  );
}

function say(path: string, stack: string, at = 'a.yaml'): string {
  return `${at}:0-14 info: Values file "${path}" of stack ${stack} does not exist: correct the path, unless the script creates the file`;
}

describe('a values file that a command names and that is not there', () => {
  it('is reported once, in the first file of the command that is there', () =>
    assert.deepEqual(
      missingOf('ci/run.sh', {
        'ci/run.sh': 'deploykf generate -f x.yaml -f b.yaml \\\n  -f a.yaml -f ./vals/y.yaml\n',
      }),
      [say('x.yaml', 'ci/run.sh', 'b.yaml'), say('./vals/y.yaml', 'ci/run.sh', 'b.yaml')],
    ));

  it('is reported once for all commands that are other stacks', () =>
    assert.deepEqual(
      missingOf('Makefile', {
        Makefile:
          'a:\n\tdeploykf generate -f a.yaml -f x.yaml\nb:\n\tdeploykf generate -f a.yaml -f b.yaml -f x.yaml\n',
      }),
      [say('x.yaml', 'Makefile and Makefile (2)').replace(' of stack ', ' of stacks ')],
    ));

  it('is not reported where no file of the command is there', () =>
    assert.deepEqual(missingOf('run.sh', { 'run.sh': 'deploykf generate -f x.yaml\n' }), []));

  const without = (file: string, what: string): string =>
    `a.yaml:0-14 info: Values file "${file}" of stack run.sh ${what}: the stack is checked without it`;

  it('is what the stack is checked without, where it is somewhere else', () =>
    assert.deepEqual(
      missingOf('run.sh', { 'run.sh': 'deploykf generate -f a.yaml -f https://example.com/z.yaml\n' }),
      [without('https://example.com/z.yaml', 'is known only when the script is run')],
    ));

  it('is what the stack is checked without, where it is not a path of the workspace', () => {
    const paths = ['/etc/x.yaml', '~/y.yaml', '/dev/stdin', '<x>.yaml', 'y.json'];
    const text = `deploykf generate -f a.yaml ${paths.map(path => `-f "${path}"`).join(' ')}\n`;
    assert.deepEqual(
      missingOf('run.sh', { 'run.sh': text }),
      paths.map(path => without(path, 'is not here')),
    );
  });

  it('is what the stack is checked without, where the script makes it', () => {
    const text = 'yq . base.yaml > out/x.yaml\ndeploykf generate -f a.yaml -f out/x.yaml\n';
    assert.deepEqual(missingOf('run.sh', { 'run.sh': text }), [
      without('out/x.yaml', 'does not exist before the script is run'),
    ]);
  });

  it('is what the stack is checked without, where only the shell knows it', () => {
    const text = 'deploykf generate -f a.yaml -f "$X" -f ${DIR}/x.yaml\n';
    assert.deepEqual(
      missingOf('run.sh', { 'run.sh': text }),
      ['$X', '${DIR}/x.yaml'].map(file => without(file, 'is known only when the script is run')),
    );
  });

  it('is the matter of the Application that names all files of the command', () =>
    assert.deepEqual(
      missingOf('run.sh', {
        'run.sh': 'deploykf generate -f a.yaml -f x.yaml\n',
        'app.yaml': [
          'kind: Application',
          'spec:',
          '  source:',
          '    plugin:',
          '      name: deploykf',
          '      parameters: [{ name: values_files, array: [a.yaml, x.yaml] }]',
          '',
        ].join('\n'),
      }),
      [],
    ));
});

describe('a values file of the project file that is not there', () => {
  /** What its fixes make, with its files' names as written. */
  function created(names: string): readonly (readonly [title: string, uri: string, text: string])[] {
    const { state } = workspaceOf({
      'a.yaml': values,
      '.deploykf-values.yaml': `stacks:\n  - { name: prod, values: [${names}] }\n`,
    });
    const named = Snapshot.of(state).plans.flatMap(plan => plan.uris);
    const snapshot = Snapshot.of({ ...state, missing: new Set(named.filter(uri => !state.files.has(uri))) });
    return checkFile(snapshot, joinUri(root, '.deploykf-values.yaml')).flatMap(({ fixes }) =>
      fixes.flatMap(({ title, changes }) =>
        changes().flatMap(change =>
          change.kind === 'create' ? [[title, change.uri, change.text] as const] : [],
        ),
      ),
    );
  }

  it('can be created where it is looked for', () =>
    assert.deepEqual(created('a.yaml, "envs/x.yaml"'), [
      ['Create envs/x.yaml', joinUri(root, 'envs/x.yaml'), '# Values of deployKF for the stack prod.\n'],
    ]));

  it('is not made outside of the workspace, nor as what deployKF cannot merge', () =>
    assert.deepEqual(created('a.yaml, ../x.yaml, x.txt'), []));
});
