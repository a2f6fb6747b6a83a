import assert from 'node:assert/strict';
import { labelOf } from '../../../server/src/core/stack/uri.ts';

describe('the label of a file', () => {
  it('is its path in the folder, or its name', () => {
    assert.equal(labelOf('file:///ws', 'file:///ws/envs/a%20b.yaml'), 'envs/a b.yaml');
    assert.equal(labelOf(undefined, 'file:///ws/envs/a.yaml'), 'a.yaml');
  });

  it('is the name alone of one that is not saved yet', () => {
    assert.equal(labelOf('file:///ws', 'untitled:Untitled-2'), 'Untitled-2');
    assert.equal(labelOf(undefined, 'untitled:Untitled-2'), 'Untitled-2');
  });
});
