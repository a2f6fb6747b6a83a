import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeReferenceError } from '../../server/src/core/image/describeReferenceError.ts';
import { isMutableTag } from '../../server/src/core/image/mutableTag.ts';
import { normalizeReference, parseReference, printReference } from '../../server/src/core/image/reference.ts';
import {
  canonicalRepository,
  repairedRepository,
  repositoryProblems,
} from '../../server/src/core/image/repository.ts';
import { splitImage } from '../../server/src/core/image/splitImage.ts';
import { inferPolicy } from '../../server/src/core/policy/infer.ts';
import { prefixLength } from '../../server/src/core/policy/match.ts';
import { mirrorRule } from '../../server/src/core/policy/mirrorRule.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { policyProblems } from '../../server/src/core/policy/problems.ts';
import { upstreamOf } from '../../server/src/core/policy/reverse.ts';
import { rewriteRepository } from '../../server/src/core/policy/rewrite.ts';
import type { MirrorRule, RegistryPolicy } from '../../server/src/core/policy/types.ts';

const host = fc.constantFrom(
  'docker.io',
  'ghcr.io',
  'quay.io',
  'r.corp',
  'r.corp:5000',
  'a.r.corp',
  'localhost',
);
const component = fc.constantFrom('a', 'b', 'a-b', 'library', 'mysql', 'acme', 'r.corp', 'docker.io');
const path = fc.array(component, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'));
const repository = fc.oneof(
  fc.tuple(host, path).map(([registry, rest]) => `${registry}/${rest}`),
  path,
);
const prefix = fc.oneof(
  host,
  fc.tuple(host, path).map(([registry, rest]) => `${registry}/${rest}`),
);
const target = fc.oneof(
  prefix,
  prefix.map(text => `${text}/{registry}/{path}`),
  prefix.map(text => `${text}/{registry}`),
  prefix.map(text => `${text}/{namespace}/{name}`),
  prefix.map(text => `${text}/{flat}`),
  fc.constantFrom('{registry}.r.corp/{path}', '{registry}/{path}', 'x{path}', '', 'r.corp/', 'R/{'),
  fc.string(),
);
const rule: fc.Arbitrary<MirrorRule> = fc
  .record({
    source: fc.oneof(prefix, fc.constantFrom('*', '*.corp', '*.io'), fc.string()),
    target: fc.option(target),
    path: fc.constantFrom('keep' as const, 'last' as const, 'flat' as const),
    library: fc.constantFrom('keep' as const, 'strip' as const),
    separator: fc.constantFrom('-', '_', '.'),
    images: fc.dictionary(repository, fc.oneof(prefix, fc.string()), { maxKeys: 2 }),
  })
  .map(({ source, target: place, ...options }) => mirrorRule(source, place, options));
const policy: fc.Arbitrary<RegistryPolicy> = fc.record({
  rules: fc.array(rule, { maxLength: 4 }),
  private: fc.array(prefix, { maxLength: 2 }),
});
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[aA0:/@._\-[\] {}]{0,30}$/),
);

describe('image properties', () => {
  it('no text throws, and a reference prints as it was written', () =>
    fc.assert(
      fc.property(text, input => {
        const parsed = parseReference(input);
        if (parsed.reference !== undefined) assert.equal(printReference(parsed.reference), input);
        const { error } = normalizeReference(input);
        if (error !== undefined) assert.notEqual(describeReferenceError(error, input), '');
        isMutableTag(input);
      }),
    ));

  it('normalising is idempotent', () =>
    fc.assert(
      fc.property(fc.oneof(repository, text), input => {
        const { reference } = normalizeReference(input);
        if (reference === undefined) return;
        assert.deepEqual(normalizeReference(printReference(reference)), { reference });
      }),
    ));

  it('problems are named exactly where a repository is illegal, inside the text', () =>
    fc.assert(
      fc.property(fc.oneof(repository, text), input => {
        const problems = repositoryProblems(input);
        const kinds = problems.map(({ kind }) => kind).filter(kind => kind !== 'port');
        if (kinds.length > 0 || problems.length === 0)
          assert.equal(canonicalRepository(input) === undefined, kinds.length > 0);
        for (const { start, end } of problems) assert.ok(0 <= start && start <= end && end <= input.length);
        const repaired = repairedRepository(input);
        if (repaired !== undefined) assert.deepEqual(repositoryProblems(repaired), []);
      }),
    ));

  it('splitting loses nothing', () =>
    fc.assert(
      fc.property(text, input => {
        const { repository: name, repositoryEnd, tag, tagStart, digest, digestStart } = splitImage(input);
        const whole =
          name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
        assert.equal(whole, input);
        assert.equal(input.slice(0, repositoryEnd), name);
        if (tag !== undefined) assert.equal(input.slice(tagStart).startsWith(tag), true);
        if (digest !== undefined) assert.equal(input.slice(digestStart), digest);
      }),
    ));
});

describe('policy properties', () => {
  it('rewriting is idempotent and always legal', () =>
    fc.assert(
      fc.property(policy, fc.oneof(repository, text), (of, input) => {
        const rewrite = rewriteRepository(of, input);
        if (rewrite.kind !== 'rewritten') return;
        assert.deepEqual(repositoryProblems(rewrite.repository), []);
        assert.deepEqual(rewriteRepository(of, rewrite.repository), { kind: 'private' });
      }),
      { numRuns: 1000 },
    ));

  it('what goes back comes forward again', () =>
    fc.assert(
      fc.property(policy, repository, (of, input) => {
        const upstream = upstreamOf(of, input);
        if (upstream === undefined) return;
        const rewrite = rewriteRepository(of, upstream);
        assert.equal(
          rewrite.kind === 'rewritten' && canonicalRepository(rewrite.repository),
          canonicalRepository(input),
        );
      }),
      { numRuns: 1000 },
    ));

  it('a known upstream is found again', () =>
    fc.assert(
      fc.property(policy, repository, (of, input) => {
        const rewrite = rewriteRepository(of, input);
        if (rewrite.kind !== 'rewritten') return;
        assert.equal(upstreamOf(of, rewrite.repository, [input]), canonicalRepository(input));
      }),
      { numRuns: 1000 },
    ));

  it('a prefix matches at boundaries only', () =>
    fc.assert(
      fc.property(prefix, fc.string({ maxLength: 8 }), (start, rest) => {
        const length = prefixLength(start + rest, start);
        const boundary = rest === '' || rest.startsWith('/') || (/^[:@]/.test(rest) && start.includes('/'));
        assert.equal(length, boundary ? start.length : undefined);
      }),
    ));

  it('an inferred policy yields every pair', () =>
    fc.assert(
      fc.property(policy, fc.array(repository, { minLength: 1, maxLength: 6 }), (of, inputs) => {
        const pairs = inputs.flatMap(upstream => {
          const rewrite = rewriteRepository(of, upstream);
          return rewrite.kind === 'rewritten' ? [{ upstream, actual: rewrite.repository }] : [];
        });
        const inferred = inferPolicy(pairs);
        if (inferred === undefined) return;
        for (const { upstream, actual } of pairs) {
          const rewrite = rewriteRepository(inferred, upstream);
          assert.equal(
            rewrite.kind === 'rewritten' && canonicalRepository(rewrite.repository),
            canonicalRepository(actual),
          );
        }
      }),
      { numRuns: 200 },
    ));

  it('no value and no policy throws', () =>
    fc.assert(
      fc.property(policy, fc.array(fc.oneof(repository, text)), fc.jsonValue(), (of, inputs, value) => {
        policyProblems(of, inputs);
        const again = parsePolicy(JSON.parse(JSON.stringify(of)));
        policyProblems(again.policy ?? of, inputs);
        parsePolicy(value);
        parsePolicy({
          rules: [value, { source: value, target: value, images: value }],
          charts: value,
          private: [value],
        });
      }),
      { numRuns: 200 },
    ));
});
