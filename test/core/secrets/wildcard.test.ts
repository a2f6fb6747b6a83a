import assert from 'node:assert/strict';
import {
  hasWildcard,
  matchedNames,
  matchesWildcard,
  missedNames,
} from '../../../server/src/core/secrets/wildcard.ts';

/** Pattern, names that it matches, names that it does not. */
const table: readonly (readonly [pattern: string, hits: readonly string[], misses: readonly string[]])[] = [
  // A plain name is itself only: anchored at both ends, case-sensitive, nothing trimmed.
  ['argocd', ['argocd'], ['argocd2', 'my-argocd', 'argoc', 'ArgoCD', ' argocd', 'argocd ', '']],
  ['kube-system', ['kube-system'], ['kube_system', 'kube-systems', 'Kube-System']],
  ['team.1', ['team.1'], ['team-1', 'teamx1']],
  ['KUBEFLOW', ['KUBEFLOW'], ['kubeflow']],
  // The empty pattern.
  ['', [''], ['a', ' ', '*']],
  // A star: none, one or many characters.
  ['*', ['', 'a', 'kubeflow', 'team-1-prod', '*'], []],
  ['**', ['', 'a', 'kubeflow'], []],
  ['***', ['', 'abc'], []],
  ['kube-*', ['kube-system', 'kube-public', 'kube-', 'kube-*'], ['kube', 'kubeflow', 'my-kube-system']],
  ['kube*', ['kube', 'kubeflow', 'kube-system'], ['ku', 'akube']],
  ['*-system', ['kube-system', 'istio-system', '-system'], ['system', 'istio-system-2', 'istio-systemd']],
  ['*flow*', ['kubeflow', 'flow', 'kubeflow-argo-workflows'], ['flo-w', 'kube']],
  ['deploykf-*', ['deploykf-auth', 'deploykf-minio', 'deploykf-'], ['deploykf', 'my-deploykf-auth']],
  ['kubeflow-*', ['kubeflow-argo-workflows'], ['kubeflow']],
  ['kubeflow*', ['kubeflow', 'kubeflow-argo-workflows'], ['kube']],
  ['team-*-prod', ['team-1-prod', 'team--prod', 'team-a-b-prod'], ['team-prod', 'team-1-prod-2', 'team-1']],
  ['a*b*c', ['abc', 'aXbYc', 'abbc', 'abcbc', 'aabbcc'], ['ab', 'acb', 'abcd']],
  ['*a', ['a', 'aa', 'ba', 'bca'], ['', 'ab', 'b']],
  ['a*', ['a', 'ab'], ['', 'ba']],
  ['*ab', ['ab', 'aab', 'abab'], ['aba', 'a', 'b']],
  ['a**b', ['ab', 'axxb'], ['a', 'b', 'abx']],
  // A question mark: exactly one character, never none.
  ['?', ['a', '-', '?', '*'], ['', 'ab']],
  ['??', ['ab', '--'], ['', 'a', 'abc']],
  ['team-?', ['team-1', 'team-a', 'team--'], ['team-', 'team-12', 'team', 'team-1-prod']],
  ['team-??????', ['team-1-prod'], ['team-1', 'team-1-prods', 'team-1-pro']],
  ['?eam-1', ['team-1', 'beam-1'], ['eam-1', 'tteam-1']],
  ['t?am-?', ['team-1', 't-am-2'], ['tam-1', 'team-']],
  ['kube?flow', ['kube-flow'], ['kubeflow']],
  // Both together.
  ['?*', ['a', 'ab', 'kubeflow'], ['']],
  ['*?', ['a', 'ab', 'kubeflow'], ['']],
  ['?*?', ['ab', 'abc'], ['', 'a']],
  ['*??', ['ab', 'xyz'], ['', 'a']],
  ['team-?*', ['team-1', 'team-1-prod'], ['team-', 'team']],
  ['*-?', ['team-1', '--1'], ['team-12', '1']],
  ['*-?-*', ['team-1-prod', 'a-b-'], ['team-12-prod', 'team-1']],
  // Nothing else has a meaning: no classes, no negation, no alternatives, no escapes, no paths.
  ['team-[12]', ['team-[12]'], ['team-1', 'team-2']],
  ['[a-z]*', ['[a-z]x', '[a-z]'], ['abc']],
  ['!istio-system', ['!istio-system'], ['istio-system', 'kubeflow']],
  ['!*', ['!a'], ['a']],
  ['{a,b}', ['{a,b}'], ['a', 'b']],
  ['a,b', ['a,b'], ['a', 'b']],
  ['argocd kube-system', ['argocd kube-system'], ['argocd', 'kube-system']],
  ['kube\\*', ['kube\\', 'kube\\x'], ['kube*', 'kubex']],
  ['team-\\?', ['team-\\1'], ['team-?', 'team-1']],
  ['^kube$', ['^kube$'], ['kube']],
  ['kube.*', ['kube.', 'kube.x'], ['kubeflow', 'kube-system']],
  ['a+', ['a+'], ['a', 'aa']],
  ['(a|b)', ['(a|b)'], ['a', 'b']],
  ['a/*', ['a/', 'a/b/c'], ['a']],
  // A character is a code point, not a UTF-16 unit.
  ['?😀', ['a😀'], ['😀']],
  ['?', ['😀'], []],
];

describe('matchesWildcard', () => {
  for (const [pattern, hits, misses] of table) {
    it(JSON.stringify(pattern), () => {
      assert.deepEqual(matchedNames(pattern, [...hits, ...misses]), hits);
    });
  }

  it('holds at least 60 pairs', () => {
    const pairs = table.reduce((sum, [, hits, misses]) => sum + hits.length + misses.length, 0);
    assert.ok(pairs >= 60, String(pairs));
  });

  it('takes no time that grows without bounds', () => {
    assert.equal(matchesWildcard('*a'.repeat(40) + 'b', 'a'.repeat(4000)), false);
  });

  it('gives first what a pattern nearly matches', () => {
    assert.deepEqual(missedNames('team-?', ['argocd', 'team-1', 'tea', 'team-12', 'b']), [
      'team-12',
      'tea',
      'argocd',
      'b',
    ]);
    assert.deepEqual(missedNames('*', ['argocd']), []);
  });

  it('tells patterns from names', () => {
    assert.deepEqual(['a', 'a*', '?', '[a]'].map(hasWildcard), [false, true, true, false]);
  });
});

/**
 * What Kyverno's own tests settle (kyverno/kyverno@main:ext/wildcard/match_test.go, the cases that go-wildcard before its
 * version 2 took over from MinIO), said with names of namespaces and in the order of the cases there.
 */
const settled: readonly (readonly [what: string, pattern: string, name: string, matches: boolean])[] = [
  ['a star alone takes anything', '*', 'argo:Events', true],
  ['an empty pattern takes no name', '', 'argo:Events', false],
  ['an empty pattern takes the empty name', '', '', true],
  ['a star at the end', 'argo:*', 'argo:EventsAndWorkflows', true],
  ['a plain pattern that is longer than the name', 'kubeflow-pipelines', 'kubeflow', false],
  ['a plain pattern', 'kubeflow', 'kubeflow', true],
  ['a star at the end takes nothing, too', 'team/a*', 'team/a', true],
  ['a star runs over separators', 'team/a*', 'team/alpha/prod/', true],
  ['what stands before a star is no search', 'team/a*', 'team/prod/alpha/', false],
  ['two stars', 'team/a*/p*/end', 'team/alpha/prod/end', true],
  ['the end is taken from the last place that fits', 'team/a*/p*/end', 'team/alpha/prod/end/end/end', true],
  ['a star runs over many parts', 'team/a*/p*/end', 'team/alpha/prod/one/two/three/end', true],
  ['each star runs over many parts', 'team/a*/p*/end', 'team/alpha/x/y/prod/one/two/end', true],
  ['the end is an end', 'team/a*/p*/end', 'team/alpha/prod/ending', false],
  ['unless a star stands there', 'team/a*/p*/end*', 'team/alpha/prod/ending', true],
  ['the beginning must be the same', 'team/aa*', 'team/aba', false],
  ['a question mark is not nothing', 'team?/x*', 'team/x', false],
  ['a question mark is one character', 'team?/x*', 'team1/x', true],
  ['nothing between two hyphens', 'my-?-team/x*', 'my--team/x', false],
  ['a digit between two hyphens', 'my-?-team/x*', 'my-1-team/x', true],
  ['two question marks are not nothing', 'my??team/x*', 'myteam/x', false],
  ['two question marks are two characters', 'my??team/x*', 'my4ateam/x', true],
  ['a question mark is a separator, too', 'team?x*', 'team/x', true],
  ['four question marks are not none', 'abc????', 'abc', false],
  ['four question marks are not two', 'abc????', 'abcde', false],
  ['four question marks are four', 'abc????', 'abcdefg', true],
  ['a question mark at the end is not nothing', 'team-?', 'team-', false],
  ['a question mark at the end is one character', 'team-?', 'team-d', true],
  ['a question mark at the end is not two', 'team-?', 'team-de', false],
  ['a star and a question mark need one character', 'team*?', 'team', false],
  ['a star and a question mark take one', 'team*?', 'teamq', true],
  ['a star and a question mark take many', 'team*?', 'teamqrst/teamqrs', true],
  ['a star, a question mark and an end', 'team*?end', 'teamqend', true],
  ['a star, a question mark and an end, with nothing between', 'team*?end', 'teamend', false],
  ['a star, a question mark and an end that is none', 'team*?end', 'teamqenda', false],
  ['a question mark behind that end', 'team*?end?', 'teamqenda', true],
  ['a star and two question marks', 'team*??', 'teamqrst', true],
  ['the name is shorter than the pattern', 'team*?', 'te', false],
  ['question marks in the name are characters', '?h?*', '?h?hello', true],
];

describe("matchesWildcard and Kyverno's own tests", () => {
  for (const [what, pattern, name, matches] of settled) {
    it(`${what}: ${JSON.stringify(pattern)} and ${JSON.stringify(name)}`, () => {
      assert.equal(matchesWildcard(pattern, name), matches);
    });
  }
});
