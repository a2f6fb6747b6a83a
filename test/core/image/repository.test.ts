import assert from 'node:assert/strict';
import {
  canonicalRepository,
  hasTagOrDigest,
  registryOf,
  repairedRepository,
  repositoryProblems,
} from '../../../server/src/core/image/repository.ts';
import { splitImage } from '../../../server/src/core/image/splitImage.ts';

/** Every flaw as `kind "the text under it"`. */
function flaws(text: string): readonly string[] {
  return repositoryProblems(text).map(({ kind, start, end }) => `${kind} "${text.slice(start, end)}"`);
}

describe('repository', () => {
  it('is made canonical without tag or digest only', () => {
    const texts = ['mysql', 'docker.io/mysql', 'ghcr.io/dexidp/dex', 'mysql:8', 'A/B', ''];
    assert.deepEqual(texts.map(canonicalRepository), [
      'docker.io/library/mysql',
      'docker.io/library/mysql',
      'ghcr.io/dexidp/dex',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has a registry', () => {
    const texts = ['mysql:8', 'localhost:5000/a', 'a/b', 'not legal'];
    assert.deepEqual(texts.map(registryOf), ['docker.io', 'localhost:5000', 'docker.io', undefined]);
  });

  it('may carry a tag or digest by mistake', () => {
    const texts = ['a:1', 'a@sha256:x', 'a:', 'host:5000/a', 'a'];
    assert.deepEqual(texts.map(hasTagOrDigest), [true, true, true, false, false]);
  });

  const bad: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['', ['empty ""']],
    ['  ', ['empty "  "']],
    ['https://ghcr.io/dexidp/dex', ['scheme "https://"']],
    ['docker://istio/pilot', ['scheme "docker://"']],
    ['oci://ghcr.io/a/b:1', ['scheme "oci://"', 'tag ":1"']],
    ['ghcr.io/dexidp/dex/', ['slash "/"']],
    ['/dexidp/dex', ['slash "/"']],
    ['ghcr.io//dex', ['slash "//"']],
    [' ghcr.io/a', ['whitespace " "']],
    ['ghcr.io/a b', ['whitespace " "']],
    ['ghcr.io/DexIDP/dex', ['uppercase "DexIDP"']],
    ['host:99999/a', ['port ":99999"']],
    ['host:port/a', ['port ":port"']],
    ['host:/a', ['port ":"']],
    ['ho_st.io/a', ['registry "ho_st.io"']],
    ['ghcr.io/a..b', ['component "a..b"']],
    ['ghcr.io/a/b:1.0', ['tag ":1.0"']],
    ['ghcr.io/a/b:1@sha256:ab', ['tag ":1"', 'digest "@sha256:ab"']],
    ['a'.repeat(256), [`tooLong "${'a'.repeat(256)}"`]],
    ['f'.repeat(64), [`identifier "${'f'.repeat(64)}"`]],
  ];
  for (const [text, expected] of bad) {
    it(`reports ${JSON.stringify(text.slice(0, 30))}`, () => assert.deepEqual(flaws(text), expected));
  }

  it('is silent about good ones', () => {
    const good = [
      'mysql',
      'ghcr.io/dexidp/dex',
      'localhost:5000/a/b/c',
      '[::1]:5000/a',
      'a--b/c__d.e',
      'Upper/case',
    ];
    assert.deepEqual(good.flatMap(flaws), []);
  });

  it('is repaired where one legal repository was meant', () => {
    const texts = ['https://Ghcr.io/DexIDP/dex/', ' mysql ', 'a//b', 'mysql', 'mysql:8', 'a b', 'a..b'];
    assert.deepEqual(texts.map(repairedRepository), [
      'Ghcr.io/dexidp/dex',
      'mysql',
      'a/b',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('splitImage', () => {
  const cases: readonly (readonly [text: string, parts: object])[] = [
    ['a/b', { repository: 'a/b', repositoryEnd: 3 }],
    ['a/b:1', { repository: 'a/b', repositoryEnd: 3, tag: '1', tagStart: 4 }],
    ['a:', { repository: 'a', repositoryEnd: 1, tag: '', tagStart: 2 }],
    ['h:5000/b', { repository: 'h:5000/b', repositoryEnd: 8 }],
    ['[::1]/b', { repository: '[::1]/b', repositoryEnd: 7 }],
    ['[::1', { repository: '[:', repositoryEnd: 2, tag: '1', tagStart: 3 }],
    ['[::1]', { repository: '[::1]', repositoryEnd: 5 }],
    ['a:1@s:f', { repository: 'a', repositoryEnd: 1, tag: '1', tagStart: 2, digest: 's:f', digestStart: 4 }],
    ['a@s:f', { repository: 'a', repositoryEnd: 1, digest: 's:f', digestStart: 2 }],
  ];
  for (const [text, parts] of cases) {
    it(`splits ${text}`, () => assert.deepEqual(splitImage(text), parts));
  }
});
