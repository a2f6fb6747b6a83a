import assert from 'node:assert/strict';
import { renameFiles } from '../../../server/src/core/features/renameFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { project, root, snapshot, texts } from '../../support/stacks.ts';

describe('renaming a values file', () => {
  it('renames it in every stack that names it', () => {
    const edits = renameFiles(snapshot(), [
      { from: `${root}values`, to: `${root}envs` },
      { from: `${root}base.yaml`, to: `${root}common.yaml` },
    ]);
    const renamed = edits.map(({ uri, edits: own }) =>
      applyEdits(uri === project.uri ? project.text : (texts['app.yaml'] ?? ''), own)
        ?.match(/.*common.*/)?.[0]
        .trim(),
    );
    assert.deepEqual(renamed, [
      'values: [common.yaml, "envs/prod.yaml"]',
      '- { name: values_files, array: ["./common.yaml", envs/prod.yaml] }',
    ]);
  });
  it('changes nothing for other files', () =>
    assert.deepEqual(renameFiles(snapshot(), [{ from: `${root}x.yaml`, to: `${root}y.yaml` }]), []));
});
