import assert from 'node:assert/strict';
import { prefixLength } from '../../server/src/core/policy/match.ts';
import { mirrorRule } from '../../server/src/core/policy/mirrorRule.ts';
import { policyProblems } from '../../server/src/core/policy/problems.ts';
import { upstreamOf } from '../../server/src/core/policy/reverse.ts';
import { rewriteReference, rewriteRepository } from '../../server/src/core/policy/rewrite.ts';
import { inferPolicy } from '../../server/src/core/policy/infer.ts';
import { defaultRepositories, layouts } from '../support/layouts.ts';
import { sharedFile } from '../support/shared.ts';

interface RewriteVectors {
  readonly rewrite: readonly RewriteRow[];
  readonly rewriteFailure: readonly RewriteRow[];
  readonly prefixMatch: readonly MatchRow[];
  readonly subdomainPrefixMatch: readonly MatchRow[];
}
interface RewriteRow {
  readonly input: string;
  readonly prefix: string;
  readonly location: string;
  readonly expected?: string;
}
interface MatchRow {
  readonly ref: string;
  readonly prefix: string;
  readonly matchedLength: number;
  readonly note?: string;
}

function rewriteVectors(): RewriteVectors | undefined {
  const text = sharedFile('vectors/rewrite.json');
  return text === undefined ? undefined : (JSON.parse(text) as RewriteVectors);
}

/** What is written for a row: the rewritten reference, or the input where the policy leaves it. */
function written({ input, prefix, location }: RewriteRow): string | undefined {
  const rewrite = rewriteReference({ rules: [mirrorRule(prefix, location)], private: [] }, input);
  if (rewrite.kind === 'invalid') return undefined;
  return rewrite.kind === 'rewritten' ? rewrite.reference : input;
}

describe('rewrite vectors', () => {
  it('rewrites as registries.conf does', function () {
    const vectors = rewriteVectors();
    if (vectors === undefined) return this.skip();
    assert.deepEqual(
      vectors.rewrite.map(written),
      vectors.rewrite.map(row => row.expected),
    );
  });

  it('never writes what fails there', function () {
    const vectors = rewriteVectors();
    if (vectors === undefined) return this.skip();
    const changed = vectors.rewriteFailure.filter(row => ![undefined, row.input].includes(written(row)));
    assert.deepEqual(changed, []);
  });

  it('matches prefixes at boundaries, and never between host and port', function () {
    const vectors = rewriteVectors();
    if (vectors === undefined) return this.skip();
    const rows = [...vectors.prefixMatch, ...vectors.subdomainPrefixMatch];
    const expected = rows.map(row =>
      row.matchedLength < 0 || row.note !== undefined ? undefined : row.matchedLength,
    );
    assert.deepEqual(
      rows.map(row => prefixLength(row.ref, row.prefix)),
      expected,
    );
  });
});

describe('layouts', () => {
  const all = layouts();
  if (all === undefined) it.skip('need the reference folder');
  for (const { id, policy, cases } of all ?? []) {
    it(`writes ${id}`, () => {
      const outputs = cases.map(({ input }) => {
        const rewrite = rewriteRepository(policy, input);
        return rewrite.kind === 'rewritten' ? rewrite.repository : rewrite.kind;
      });
      assert.deepEqual(
        outputs,
        cases.map(({ output }) => output ?? 'unmapped'),
      );
      assert.deepEqual(
        policyProblems(
          policy,
          cases.map(({ input }) => input),
        ).filter(({ kind }) => kind !== 'unsupported'),
        [],
      );
    });

    it(`is idempotent and reversible on the defaults: ${id}`, () => {
      const known = defaultRepositories();
      const targets = new Set<string>();
      let rewritten = 0;
      for (const repository of known) {
        const rewrite = rewriteRepository(policy, repository);
        if (rewrite.kind !== 'rewritten') continue;
        rewritten++;
        targets.add(rewrite.repository);
        assert.equal(rewriteRepository(policy, rewrite.repository).kind, 'private');
        assert.equal(upstreamOf(policy, rewrite.repository, known), repository);
        assert.ok([undefined, repository].includes(upstreamOf(policy, rewrite.repository)));
      }
      assert.ok(rewritten > 20);
      assert.equal(targets.size, rewritten);
    });

    it(`is inferred from its own overrides: ${id}`, () => {
      const pairs = cases.map(({ input, output }) => ({ upstream: input, actual: output ?? input }));
      const inferred = inferPolicy(pairs);
      assert.ok(inferred);
      for (const { input, output } of cases) {
        const rewrite = rewriteRepository(inferred, input);
        assert.equal(rewrite.kind === 'rewritten' ? rewrite.repository : null, output);
      }
      assert.ok(inferred.rules.length <= policy.rules.length + 1);
    });
  }
});
