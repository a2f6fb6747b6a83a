import assert from 'node:assert/strict';
import {
  dockerReference,
  familiarName,
  normalizeReference,
  parseAnyReference,
  parseCanonicalReference,
  parseReference,
  printReference,
} from '../../../server/src/core/image/reference.ts';
import type { ParsedAny } from '../../../server/src/core/image/reference.ts';
import { sharedFile } from '../../support/shared.ts';

interface Vector {
  readonly id: number;
  readonly mode: 'parse' | 'normalize' | 'dockerRef' | 'any';
  readonly input: string;
  readonly ok: boolean;
  readonly error?: string;
  readonly domain?: string;
  readonly path?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly full?: string;
  readonly familiar?: string;
  readonly isBareDigest?: boolean;
}

const ERRORS: Readonly<Record<string, string>> = {
  ErrNameEmpty: 'empty',
  ErrReferenceInvalidFormat: 'format',
  ErrNameContainsUppercase: 'uppercase',
  ErrNameTooLong: 'tooLong',
  ErrNameNotCanonical: 'notCanonical',
  'digest.ErrDigestInvalidLength': 'digestLength',
  'digest.ErrDigestUnsupported': 'digestAlgorithm',
};

const PARSERS: Readonly<Record<Vector['mode'], (text: string) => ParsedAny>> = {
  parse: parseReference,
  normalize: normalizeReference,
  dockerRef: dockerReference,
  any: parseAnyReference,
};

/** Our answer in the vector's own terms, of the parts that the vector states. */
function answer(vector: Vector): Partial<Vector> {
  const parsed = PARSERS[vector.mode](vector.input);
  const { reference } = parsed;
  const error = 'error' in parsed ? parsed.error : undefined;
  const bare = 'digest' in parsed ? parsed.digest : undefined;
  const all: Partial<Vector> = {
    ok: error === undefined,
    ...(error === undefined ? {} : { error: vector.error === 'any' ? 'any' : error }),
    domain: reference?.registry ?? '',
    path: reference?.path ?? '',
    tag: reference?.tag ?? '',
    digest: reference?.digest ?? '',
    full: bare ?? (reference && printReference(reference)) ?? '',
    familiar: reference === undefined ? '' : familiarName(reference),
    isBareDigest: bare !== undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in vector));
}

function stated(vector: Vector): Partial<Vector> {
  const error = vector.error === undefined ? {} : { error: ERRORS[vector.error] ?? vector.error };
  const { id: _id, mode: _mode, input: _input, ...rest } = { ...vector, ...error };
  return Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'source'));
}

describe('image reference', () => {
  it('agrees with every reference vector', function () {
    const text = sharedFile('vectors/reference.json');
    if (text === undefined) return this.skip();
    const vectors = JSON.parse(text) as { readonly cases: readonly Vector[] };
    const wrong = vectors.cases
      .map(vector => ({ id: vector.id, input: vector.input, ours: answer(vector), theirs: stated(vector) }))
      .filter(({ ours, theirs }) => JSON.stringify(sorted(ours)) !== JSON.stringify(sorted(theirs)));
    assert.deepEqual(wrong, []);
  });

  const hex = 'a'.repeat(64);
  const cases: readonly (readonly [input: string, canonical: string])[] = [
    ['mysql', 'docker.io/library/mysql'],
    ['docker.io/mysql:8', 'docker.io/library/mysql:8'],
    ['index.docker.io/istio/pilot', 'docker.io/istio/pilot'],
    ['registry-1.docker.io/istio/pilot', 'registry-1.docker.io/istio/pilot'],
    ['localhost/a', 'localhost/a'],
    ['localhost:5000/a:1', 'localhost:5000/a:1'],
    ['host:5000', 'docker.io/library/host:5000'],
    ['[::1]:5000/a', '[::1]:5000/a'],
    ['a--b/c__d', 'docker.io/a--b/c__d'],
    [`a:1@sha256:${hex}`, `docker.io/library/a:1@sha256:${hex}`],
    ['Upper/case', 'Upper/case'],
    [`a:${'t'.repeat(128)}`, `docker.io/library/a:${'t'.repeat(128)}`],
  ];
  for (const [input, canonical] of cases) {
    it(`normalises ${input.slice(0, 40)}`, () => {
      const { reference, error } = normalizeReference(input);
      assert.equal(error ?? printReference(reference), canonical);
    });
  }

  const errors: readonly (readonly [input: string, error: string])[] = [
    ['', 'empty'],
    [hex, 'identifier'],
    ['a/B', 'uppercase'],
    ['a___b', 'format'],
    ['a._b', 'format'],
    ['a//b', 'format'],
    ['a/b/', 'format'],
    ['/a', 'format'],
    ['https://a.b/c', 'format'],
    ['a b', 'format'],
    ['a\n', 'format'],
    ['a:', 'format'],
    ['a:.1', 'format'],
    [`a:${'t'.repeat(129)}`, 'format'],
    ['host:port/a', 'format'],
    ['-host.io/a', 'format'],
    ['héllo.io/a', 'format'],
    [`a@sha256:${'a'.repeat(31)}`, 'format'],
    [`a@sha256:${'a'.repeat(40)}`, 'digestLength'],
    [`a@sha256:${'A'.repeat(64)}`, 'digest'],
    [`a@sha512:${'a'.repeat(128)}`, 'digestAlgorithm'],
    [`a@SHA256:${hex}`, 'uppercase'],
    [`x.io/${'a'.repeat(256)}`, 'tooLong'],
  ];
  for (const [input, error] of errors) {
    it(`refuses ${JSON.stringify(input.slice(0, 40))} as ${error}`, () =>
      assert.deepEqual(normalizeReference(input), { error }));
  }

  it('tells whether a text is canonical already', () => {
    assert.deepEqual(parseCanonicalReference('mysql'), { error: 'notCanonical' });
    assert.deepEqual(parseCanonicalReference('docker.io/library/mysql').reference, {
      registry: 'docker.io',
      path: 'library/mysql',
    });
  });

  it('does not choke on long texts', () => {
    for (const text of [
      'a'.repeat(200_000),
      'a.'.repeat(100_000),
      `a${'-'.repeat(200_000)}`,
      '/a'.repeat(100_000),
    ]) {
      assert.ok(normalizeReference(`${text}!`).error);
    }
  }).timeout(1000);
});

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort());
}
