import assert from 'node:assert/strict';
import { inferPolicy } from '../../../server/src/core/policy/infer.ts';

/** The rules as `source -> target options`, for pairs written as `upstream actual`. */
function inferred(...pairs: readonly string[]): readonly string[] | undefined {
  const overrides = pairs
    .map(pair => pair.split(' '))
    .map(([upstream = '', actual = '']) => ({ upstream, actual }));
  return inferPolicy(overrides)?.rules.map(({ source, target, path, library, separator, images }) => {
    const options = [path === 'keep' ? '' : `${path} ${separator}`, library === 'keep' ? '' : library];
    const renames = Object.keys(images).length === 0 ? '' : JSON.stringify(images);
    return [`${source} -> ${target}`, ...options, renames].filter(text => text !== '').join(' ');
  });
}

describe('inferPolicy', () => {
  const cases: readonly (readonly [
    title: string,
    pairs: readonly string[],
    rules: readonly string[] | undefined,
  ])[] = [
    ['sees a host swap in one pair', ['ghcr.io/a/b r.corp/a/b'], ['* -> r.corp']],
    ['sees one project', ['ghcr.io/a/b r.corp/p/a/b', 'mysql r.corp/p/library/mysql'], ['* -> r.corp/p']],
    ['sees the host in the path', ['ghcr.io/a/b r.corp/m/ghcr.io/a/b'], ['* -> r.corp/m/{registry}']],
    ['sees a proxy of one upstream', ['ghcr.io/a/b r.corp/ghcr-proxy/a/b'], ['ghcr.io -> r.corp/ghcr-proxy']],
    ['sees a dropped library/', ['mysql r.corp/mysql', 'ghcr.io/a/b r.corp/a/b'], ['* -> r.corp strip']],
    ['sees dashes', ['ghcr.io/a/b r.corp/x/a-b', 'mysql r.corp/x/library-mysql'], ['* -> r.corp/x flat -']],
    ['sees underscores', ['ghcr.io/a/b r.corp/x/a_b'], ['* -> r.corp/x flat _']],
    ['sees the last part', ['ghcr.io/a/b r.corp/x/b', 'ghcr.io/c/d r.corp/x/d'], ['* -> r.corp/x last -']],
    [
      'sees an exception among many',
      ['ghcr.io/a/b r.corp/g/a/b', 'ghcr.io/a/c r.corp/g/a/c', 'ghcr.io/a/d r.corp/g/other'],
      ['ghcr.io -> r.corp/g {"ghcr.io/a/d":"r.corp/g/other"}'],
    ],
    [
      'leaves unmoved upstreams alone',
      ['ghcr.io/a/b r.corp/a/b', 'quay.io/a/b quay.io/a/b'],
      ['ghcr.io -> r.corp'],
    ],
    ['gives up without a pattern', ['ghcr.io/a/b r.corp/x', 'ghcr.io/c/d q.corp/y'], undefined],
    ['gives up on two targets of one', ['ghcr.io/a/b r.corp/a/b', 'ghcr.io/a/b q.corp/a/b'], undefined],
    ['gives up on illegal repositories', ['ghcr.io/a/b r.corp/A/b'], undefined],
    ['does not take another public host for a mirror', ['docker.io/a/b ghcr.io/a/b'], undefined],
    ['has nothing to learn from unmoved images', ['ghcr.io/a/b ghcr.io/a/b'], undefined],
    ['has nothing to learn from nothing', [], undefined],
  ];
  for (const [title, pairs, rules] of cases) it(title, () => assert.deepEqual(inferred(...pairs), rules));
});
