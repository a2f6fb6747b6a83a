import assert from 'node:assert/strict';
import { isMutableTag } from '../../../server/src/core/image/mutableTag.ts';

describe('isMutableTag', () => {
  it('knows the words that move', () => {
    const tags = [
      'latest',
      'main',
      'master',
      'edge',
      'nightly',
      'dev',
      'stable',
      'HEAD',
      'latest-alpine',
      'debian-dev',
    ];
    assert.deepEqual(
      tags.filter(tag => !isMutableTag(tag)),
      [],
    );
  });

  it('takes nothing else for one', () => {
    const tags = [
      'v1',
      '1.2',
      '1.17.8-distroless',
      'v1.8.0-rc.1',
      'nightly-20240501',
      'dev-deadbeef',
      'dev-abcdefa',
      '',
    ];
    assert.deepEqual([...tags, 'distroless', '8', 'v2', 'maintenance', 'main2'].filter(isMutableTag), []);
  });
});
