import assert from 'node:assert/strict';
import type { Change } from '../../../server/src/core/findings/finding.ts';
import { agreedFixes } from '../../../server/src/core/fixes/agreed.ts';
import { fileLayer } from '../../../server/src/core/stack/layer.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';
import { catalogs } from '../../support/views.ts';

const file = new ValuesFile('file:///ws/a.yaml', 'a: {}\n');
const snapshot = Snapshot.of({ catalogs, folders: [], files: new Map([[file.uri, file]]) });
const [one, other] = [fileLayer(file, 'a.yaml'), fileLayer(file, 'a.yaml')];

function set(layer: typeof one, path: string, value: Value): Change {
  return { kind: 'set', layer, path: path.split('.'), value };
}

/** Which of the fixes all stacks can live with, by their index. */
function agreed(...fixes: readonly (readonly Change[])[]): readonly number[] {
  return agreedFixes(snapshot, fixes).map(fix => fixes.indexOf(fix));
}

describe('the fixes that all stacks of a file can live with', () => {
  it('give a path one value', () => {
    assert.deepEqual(agreed([set(one, 'a.b', 1)], [set(other, 'a.b', 1)], [set(one, 'a.c', 1)]), [0, 1, 2]);
    assert.deepEqual(agreed([set(one, 'a.b', 1)], [set(other, 'a.b', 2)], [set(one, 'a.c', 1)]), [2]);
  });

  it('do not give a path a value and another one below it, for two stacks', () => {
    assert.deepEqual(agreed([set(one, 'a.b', 1)], [set(other, 'a.b.c', 1)], [set(one, 'a.bc', 1)]), [2]);
    assert.deepEqual(agreed([set(other, 'a.b.c.d', 1)], [set(one, 'a.b', { x: 1 })]), []);
  });

  it('may do so for one stack, which knows what it wants', () =>
    assert.deepEqual(agreed([set(one, 'a.b', {})], [set(one, 'a.b.c', 1)]), [0, 1]));
});
