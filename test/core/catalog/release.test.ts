import assert from 'node:assert/strict';
import { compareReleases } from '../../../server/src/core/catalog/release.ts';

describe('compareReleases', () => {
  it('orders numbers as numbers and pre-releases before their release', () => {
    const ordered = ['0.1.0', '0.1.2', '0.1.10-alpha.2', '0.1.10-alpha.10', '0.1.10', '0.2', 'v1.0.0'];
    assert.deepEqual(ordered.toReversed().toSorted(compareReleases), ordered);
    assert.equal(compareReleases('v0.1.5', '0.1.5'), 0);
  });
});
