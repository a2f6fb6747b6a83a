import assert from 'node:assert/strict';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { setValues } from '../../../server/src/core/yaml/write.ts';

function set(text: string, path: string, value: string): string | undefined {
  const file = new ValuesFile('file:///a.yaml', text);
  const target = { source: file.source, root: file.map, anchors: file.anchors };
  return applyEdits(text, setValues(target, [{ path: path.split('.'), value }]).edits);
}

describe('setValues', () => {
  it('lines new keys up with a first key behind a byte order mark', () => {
    assert.equal(set('\uFEFFa:\n    b: 1\n', 'c.d', 'x'), '\uFEFFa:\n    b: 1\nc:\n    d: x\n');
    assert.equal(set('\uFEFFa:\n', 'a.b', 'x'), '\uFEFFa:\n  b: x\n');
  });
});
