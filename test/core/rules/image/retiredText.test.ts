import assert from 'node:assert/strict';
import {
  joinRepositories,
  whatHappened,
  whatReplaces,
} from '../../../../server/src/core/rules/image/retiredText.ts';
import type { Retired } from '../../../../server/src/core/catalog/types.ts';

const fact: Retired = {
  kind: 'image',
  source: 'docker.io/a/*',
  status: 'removed',
  since: '2025-09-29',
  replacement: 'docker.io/b/{name}',
  sameTag: true,
  url: 'https://example.com',
};

describe('texts about retired repositories', () => {
  it('joins repositories by their common path', () => {
    assert.equal(joinRepositories(['docker.io/a/b', 'docker.io/a/b']), 'docker.io/a/b');
    assert.equal(joinRepositories(['docker.io/a/b', 'docker.io/a/c/d']), 'docker.io/a/{b, c/d}');
    assert.equal(
      joinRepositories(['docker.io/a/b', 'docker.io/c/b', 'docker.io/d'], 2),
      'docker.io/{a/b, c/b, …}',
    );
    assert.equal(joinRepositories(['docker.io/a', 'quay.io/a']), 'docker.io/a, quay.io/a');
  });

  it('dates what happened as exactly as it is known', () => {
    assert.equal(whatHappened(fact, 1), 'was removed from Docker Hub on 2025-09-29');
    assert.equal(
      whatHappened({ ...fact, since: '2026-09', source: 'a.io/b' }, 2),
      'were removed in September 2026',
    );
    assert.equal(
      whatHappened({ ...fact, status: 'unavailable', since: '2025-03' }, 2),
      'have been unavailable since March 2025',
    );
    assert.equal(whatHappened({ ...fact, status: 'moved' }, 1), 'was moved on 2025-09-29');
    assert.equal(
      whatHappened({ ...fact, status: 'ending', since: '2026-12' }, 1),
      'will be removed in December 2026',
    );
  });

  it('claims no tags that are not known', () => {
    const found = { entry: { ...fact, note: 'without updates' }, replacement: 'x', sameTag: true };
    assert.equal(whatReplaces(found, 'x', 1), 'x has the same tag, without updates');
    assert.equal(
      whatReplaces({ ...found, entry: fact, sameTag: false }, '{x, y}', 2),
      '{x, y} take their place',
    );
    assert.equal(whatReplaces(found, undefined, 0), 'no replacement is known');
  });
});
