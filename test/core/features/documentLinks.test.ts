import assert from 'node:assert/strict';
import { documentLinks } from '../../../server/src/core/features/documentLinks.ts';
import { renameFiles } from '../../../server/src/core/features/rename/renameFile.ts';
import { discover } from '../../../server/src/core/workspace/discovery.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { project, root, snapshot } from '../../support/stacks.ts';

describe('links', () => {
  function links(file: ValuesFile): readonly string[] {
    return documentLinks(snapshot(), file).map(
      ({ span, target }) => `${file.text.slice(span.start, span.end)} → ${target.replace(root, '')}`,
    );
  }

  it('lead from an Application to its values files', () => {
    const file = snapshot().file(`${root}app.yaml`);
    assert.deepEqual(file && links(file), [
      '"./base.yaml" → base.yaml',
      'values/prod.yaml → values/prod.yaml',
    ]);
  });

  it('lead from the project file to those of its stacks', () =>
    assert.deepEqual(links(project), ['base.yaml → base.yaml', '"values/prod.yaml" → values/prod.yaml']));
});

describe('the command line of a script', () => {
  const uri = `${root}ci/deploy.sh`;
  const text =
    'deploykf generate --values ../base.yaml,values/prod.yaml -f gone.yaml -f "values"/prod.yaml\n';
  const script = discover(new ValuesFile(uri, text))?.script;
  const withScript = snapshot().withScripts(script === undefined ? [] : [script]);

  it('links the values files that are there', () =>
    assert.deepEqual(
      script &&
        documentLinks(withScript, script.file).map(({ span, target }) => [
          text.slice(span.start, span.end),
          target,
        ]),
      [
        ['../base.yaml', `${root}base.yaml`],
        ['values/prod.yaml', `${root}values/prod.yaml`],
        ['values"/prod.yaml', `${root}values/prod.yaml`],
      ],
    ));

  it('names a renamed file by its new name', () => {
    const edits = renameFiles(withScript, [
      { from: `${root}base.yaml`, to: `${root}common.yaml` },
      { from: `${root}values`, to: `${root}envs` },
    ]).edits.filter(edit => edit.uri === uri);
    assert.deepEqual(
      edits.map(edit => applyEdits(text, edit.edits)),
      ['deploykf generate --values ../common.yaml,envs/prod.yaml -f gone.yaml -f "values"/prod.yaml\n'],
    );
  });
});
