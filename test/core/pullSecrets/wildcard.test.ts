import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasWildcard, matchedNames, matchesWildcard } from '../../../server/src/core/pullSecrets/wildcard.ts';

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

  it('agrees with a regular expression on any pattern and name', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?', '.', '['), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const source = pattern
          .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.');
        assert.equal(matchesWildcard(pattern, name), new RegExp(`^${source}$`, 'su').test(name));
      }),
      { numRuns: 3000 },
    );
  });

  it('takes no time that grows without bounds', () => {
    assert.equal(matchesWildcard('*a'.repeat(40) + 'b', 'a'.repeat(4000)), false);
  });

  it('tells patterns from names', () => {
    assert.deepEqual(['a', 'a*', '?', '[a]'].map(hasWildcard), [false, true, true, false]);
  });
});
