import assert from 'node:assert/strict';
import { matchRule } from '../../../server/src/core/policy/match.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { rewriteReference, rewriteRepository } from '../../../server/src/core/policy/rewrite.ts';
import { stateOf } from '../../../server/src/core/analysis/imageState.ts';
import type { MirrorRule, RegistryPolicy } from '../../../server/src/core/policy/types.ts';

function policy(rules: readonly MirrorRule[], listed: readonly string[] = []): RegistryPolicy {
  return { rules, private: listed };
}

/** The rewritten repository, or the kind of the answer. */
function rewritten(of: RegistryPolicy, repository: string): string {
  const rewrite = rewriteRepository(of, repository);
  return rewrite.kind === 'rewritten' ? rewrite.repository : rewrite.kind;
}

describe('matchRule', () => {
  const rules = ['*', 'docker.io', 'docker.io/istio', '*.gcr.io', 'eu.gcr.io', 'example.com', 'docker.io'];
  const all = policy(rules.map((source, index) => mirrorRule(source, `t${index}.corp`)));
  const cases: readonly (readonly [repository: string, target: string])[] = [
    ['quay.io/a/b', 't0.corp'],
    ['docker.io/library/mysql', 't1.corp'],
    ['docker.io/istio/pilot', 't2.corp'],
    ['docker.io/istio', 't2.corp'],
    ['docker.io/istioctl/x', 't1.corp'],
    ['docker.io.evil.com/x', 't0.corp'],
    ['us.gcr.io/a', 't3.corp'],
    ['a.us.gcr.io:5000/a', 't3.corp'],
    ['gcr.io/a', 't0.corp'],
    ['eu.gcr.io/a', 't4.corp'],
    ['example.com/a', 't5.corp'],
    ['example.com:5000/a', 't0.corp'],
  ];
  for (const [repository, target] of cases) {
    it(`sends ${repository} to ${target}`, () =>
      assert.equal(matchRule(all, repository)?.rule.target, target));
  }

  it('says nothing without a rule', () => assert.equal(matchRule(policy([]), 'docker.io/a/b'), undefined));
});

describe('rewriteRepository', () => {
  const templates: readonly (readonly [
    target: string,
    options: Partial<MirrorRule>,
    expected: readonly string[],
  ])[] = [
    ['r.corp/{registry}/{path}', {}, ['r.corp/docker.io/library/mysql', 'r.corp/ghcr.io/a/b/c']],
    ['r.corp/{registry}', {}, ['r.corp/docker.io/library/mysql', 'r.corp/ghcr.io/a/b/c']],
    ['r.corp/x-{namespace}/{name}', {}, ['r.corp/x-library/mysql', 'r.corp/x-a/b/c']],
    ['r.corp/{namespace}/{name}', { library: 'strip' }, ['r.corp/mysql', 'r.corp/a/b/c']],
    ['r.corp/{flat}', {}, ['r.corp/library-mysql', 'r.corp/a-b-c']],
    ['r.corp/{flat}', { separator: '__' }, ['r.corp/library__mysql', 'r.corp/a__b__c']],
    ['r.corp/p', { path: 'flat', library: 'strip' }, ['r.corp/p/mysql', 'r.corp/p/a-b-c']],
    ['r.corp/p', { path: 'last' }, ['r.corp/p/mysql', 'r.corp/p/c']],
    ['r.corp/{path}', { path: 'last' }, ['r.corp/mysql', 'r.corp/c']],
    ['{registry}.r.corp/{path}', {}, ['docker.io.r.corp/library/mysql', 'ghcr.io.r.corp/a/b/c']],
    [
      'docker.io/acme/{registry}-{flat}',
      {},
      ['docker.io/acme/docker.io-library-mysql', 'docker.io/acme/ghcr.io-a-b-c'],
    ],
    ['docker.io/{registry}/{path}', {}, ['docker.io/docker.io/library/mysql', 'docker.io/ghcr.io/a/b/c']],
  ];
  for (const [target, options, expected] of templates) {
    it(`fills ${target} ${JSON.stringify(options)}`, () => {
      const of = policy([mirrorRule('*', target, options)]);
      assert.deepEqual(
        ['mysql', 'ghcr.io/a/b/c'].map(name => rewritten(of, name)),
        expected,
      );
      assert.deepEqual(
        expected.map(name => rewritten(of, name)),
        ['private', 'private'],
      );
    });
  }

  it('takes a port into the path with a dash', () => {
    const of = policy([mirrorRule('*', 'r.corp/{registry}/{path}')]);
    assert.equal(rewritten(of, 'localhost:5000/a'), 'r.corp/localhost-5000/a');
    assert.equal(rewritten(of, 'r.corp/localhost-5000/a'), 'private');
  });

  it('replaces only the source of a longer prefix', () => {
    const of = policy([
      mirrorRule('ghcr.io/deploykf', 'r.corp/dkf'),
      mirrorRule('ghcr.io/deploykf/x', 'r.corp/y'),
    ]);
    const names = [
      'ghcr.io/deploykf/x',
      'ghcr.io/deploykf/x/z',
      'ghcr.io/deploykf/a/b',
      'ghcr.io/deploykfs/a',
    ];
    assert.deepEqual(
      names.map(name => rewritten(of, name)),
      ['r.corp/y', 'r.corp/y/z', 'r.corp/dkf/a/b', 'unmapped'],
    );
  });

  it('renames single images, in whatever form they are listed', () => {
    const images = { mysql: 'r.corp/db/mysql', 'ghcr.io/a/b': 'other.corp/b' };
    const of = policy([
      mirrorRule('*', 'r.corp/all', { images }),
      mirrorRule('docker.io/library', 'r.corp/lib'),
    ]);
    const names = ['docker.io/mysql', 'ghcr.io/a/b', 'ghcr.io/a/c', 'r.corp/db/mysql', 'other.corp/b'];
    assert.deepEqual(
      names.map(name => rewritten(of, name)),
      ['r.corp/db/mysql', 'other.corp/b', 'r.corp/all/a/c', 'private', 'private'],
    );
  });

  it('keeps Docker Hub public beside an account on it', () => {
    const of = policy([mirrorRule('docker.io', 'docker.io/acme')]);
    assert.equal(rewritten(of, 'istio/pilot'), 'docker.io/acme/istio/pilot');
    assert.equal(rewritten(of, 'acme/istio/pilot'), 'private');
    assert.equal(rewritten(of, 'acmes/pilot'), 'docker.io/acme/acmes/pilot');
  });

  it('takes the whole host of an own registry for private, and of a shared one only the target', () => {
    const of = policy(
      [mirrorRule('docker.io', 'harbor.corp/hub'), mirrorRule('*', 'ghcr.io/acme')],
      ['*.corp2'],
    );
    const names = ['harbor.corp/other/x', 'harbor.corp:5000/x', 'ghcr.io/acme/x', 'ghcr.io/b/x', 'a.corp2/x'];
    assert.deepEqual(
      names.map(name => rewritten(of, name)),
      ['private', 'ghcr.io/acme/x', 'private', 'ghcr.io/acme/b/x', 'private'],
    );
  });

  it('moves a place inside a private registry when a rule names it', () => {
    const of = policy([mirrorRule('r.corp/old', 'r.corp/new'), mirrorRule('*', 'r.corp/all')], ['r.corp']);
    const names = ['r.corp/old/x', 'r.corp/new/x', 'r.corp/x', 'quay.io/x'];
    assert.deepEqual(
      names.map(name => rewritten(of, name)),
      ['r.corp/new/x', 'private', 'private', 'r.corp/all/x'],
    );
  });

  it('refuses a result that would be mapped again', () => {
    const of = policy([mirrorRule('r.corp/a', 'r.corp')]);
    assert.deepEqual(
      ['r.corp/a/x', 'r.corp/a/a/x'].map(name => rewritten(of, name)),
      ['r.corp/x', 'invalid'],
    );
  });

  const invalid: readonly (readonly [target: string, problem: string])[] = [
    ['', 'remove the "/" at the start'],
    ['r.corp/', '"//" leaves an empty part: write one "/"'],
    ['https://r.corp', 'an image reference cannot have "https://": remove it'],
    ['r.corp/Acme', '"Acme" has upper-case letters: write "acme"'],
    ['acme', '"acme" is read as a path on Docker Hub: write the registry\'s full host'],
    ['r.corp:99999', '"99999" is not a port: use a number from 1 to 65535'],
    ['r.corp/{nam}', '"{nam}" is not a valid part of a path'],
    ['r.corp/{namespace}', 'a target with {namespace} needs {name}, or all images of a namespace become one'],
    [`r.corp/${'a'.repeat(250)}`, 'the path has 258 characters, at most 255 are allowed: shorten it'],
  ];
  for (const [target, problem] of invalid) {
    it(`never writes the target ${JSON.stringify(target.slice(0, 30))}`, () => {
      const rewrite = rewriteRepository(policy([mirrorRule('*', target)]), 'ghcr.io/abc/dex');
      assert.equal(rewrite.kind, 'invalid');
      assert.ok(rewrite.kind === 'invalid' && rewrite.problem.startsWith(problem), JSON.stringify(rewrite));
    });
  }

  it('refuses a repository that is none', () => {
    const of = policy([mirrorRule('*', 'r.corp')]);
    assert.deepEqual(
      ['a:1', 'a b', ''].map(name => rewritten(of, name)),
      ['invalid', 'invalid', 'invalid'],
    );
  });
});

describe('rewriteReference', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const of = policy([mirrorRule('*', 'r.corp/m')]);
  it('keeps tag and digest', () => {
    const texts = ['mysql:8', `mysql@${digest}`, `mysql:8@${digest}`, 'mysql'];
    assert.deepEqual(
      texts.map(text => {
        const rewrite = rewriteReference(of, text);
        return rewrite.kind === 'rewritten' && rewrite.reference;
      }),
      [
        'r.corp/m/library/mysql:8',
        `r.corp/m/library/mysql@${digest}`,
        `r.corp/m/library/mysql:8@${digest}`,
      ].concat('r.corp/m/library/mysql'),
    );
  });

  it('refuses an illegal reference', () => {
    assert.deepEqual(rewriteReference(of, 'a:'), {
      kind: 'invalid',
      target: 'a:',
      problem: 'the tag is empty: write one after the ":" or remove the ":"',
    });
  });
});

describe('stateOf', () => {
  it('is private, accepted or public', () => {
    const of = policy(
      [mirrorRule('ghcr.io/deploykf', null), mirrorRule('docker.io', 'r.corp')],
      ['quay.io/me'],
    );
    const names = ['ghcr.io/deploykf/x', 'mysql', 'r.corp/x', 'quay.io/me/x', 'quay.io/you/x', 'no legal'];
    assert.deepEqual(
      names.map(name => stateOf(rewriteRepository(of, name))),
      ['accepted', 'public', 'private', 'private', 'public', 'public'],
    );
  });

  it('is public without a policy', () => assert.equal(stateOf(undefined), 'public'));
});
