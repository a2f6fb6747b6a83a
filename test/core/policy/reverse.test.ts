import assert from 'node:assert/strict';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { upstreamOf } from '../../../server/src/core/policy/reverse.ts';
import type { MirrorRule } from '../../../server/src/core/policy/types.ts';

describe('upstreamOf', () => {
  type Case = readonly [
    title: string,
    rules: readonly MirrorRule[],
    mirror: string,
    upstream: string | undefined,
  ];
  const cases: readonly Case[] = [
    ['turns a prefix round', [mirrorRule('ghcr.io', 'r.corp/g')], 'r.corp/g/a/b', 'ghcr.io/a/b'],
    [
      'adds library/ again',
      [mirrorRule('docker.io', 'r.corp', { library: 'strip' })],
      'r.corp/mysql',
      'docker.io/library/mysql',
    ],
    ['turns a longer source round', [mirrorRule('ghcr.io/a', 'r.corp/x')], 'r.corp/x/b', 'ghcr.io/a/b'],
    ['turns an exact source round', [mirrorRule('ghcr.io/a/b', 'r.corp/x')], 'r.corp/x', 'ghcr.io/a/b'],
    [
      'reads the host in the path',
      [mirrorRule('*', 'r.corp/{registry}/{path}')],
      'r.corp/quay.io/a/b',
      'quay.io/a/b',
    ],
    [
      'reads namespace and name',
      [mirrorRule('quay.io', 'r.corp/q-{namespace}/{name}')],
      'r.corp/q-a/b',
      'quay.io/a/b',
    ],
    [
      'restores a port',
      [mirrorRule('*', 'r.corp/{registry}')],
      'r.corp/localhost-5000/a',
      'localhost:5000/a',
    ],
    [
      'unflattens one reading',
      [mirrorRule('docker.io', 'r.corp', { path: 'flat' })],
      'r.corp/a-b',
      'docker.io/a/b',
    ],
    ['leaves two readings', [mirrorRule('docker.io', 'r.corp', { path: 'flat' })], 'r.corp/a-b-c', undefined],
    [
      'knows fixed renames',
      [mirrorRule('*', 'r.corp', { images: { mysql: 'r.corp/db' } })],
      'r.corp/db',
      'docker.io/library/mysql',
    ],
    ['cannot guess a dropped host', [mirrorRule('*', 'r.corp')], 'r.corp/a/b', undefined],
    [
      'cannot guess dropped parts',
      [mirrorRule('ghcr.io', 'r.corp', { path: 'last' })],
      'r.corp/b',
      undefined,
    ],
    [
      'leaves two sources',
      [mirrorRule('ghcr.io', 'r.corp'), mirrorRule('quay.io', 'r.corp')],
      'r.corp/a/b',
      undefined,
    ],
    [
      'takes the closest target',
      [mirrorRule('ghcr.io', 'r.corp/g'), mirrorRule('*', 'r.corp')],
      'r.corp/g/a',
      'ghcr.io/a',
    ],
    [
      'wants the same text twice',
      [mirrorRule('*', 'r.corp/{registry}/{registry}/{path}')],
      'r.corp/a.io/b.io/c',
      undefined,
    ],
    ['knows no public image', [mirrorRule('*', 'r.corp')], 'ghcr.io/a/b', undefined],
    ['knows no illegal image', [mirrorRule('*', 'r.corp')], 'r.corp/A', undefined],
  ];
  for (const [title, rules, mirror, upstream] of cases) {
    it(title, () => assert.equal(upstreamOf({ rules, private: [] }, mirror), upstream));
  }

  it('asks the known upstreams first', () => {
    const policy = { rules: [mirrorRule('*', 'r.corp')], private: [] };
    assert.equal(upstreamOf(policy, 'r.corp/a/b', ['ghcr.io/a/b', 'ghcr.io/a/c']), 'ghcr.io/a/b');
    assert.equal(upstreamOf(policy, 'r.corp/a/b', ['ghcr.io/a/b', 'quay.io/a/b']), undefined);
  });
});
