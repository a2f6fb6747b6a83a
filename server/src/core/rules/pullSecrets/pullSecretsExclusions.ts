import { lineWidth } from '../../stack/lineWidth.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { configuredBlock, pullSecretsPath, type PullSecretsBlock } from '../../pullSecrets/block.ts';
import { argoNamespace } from '../../pullSecrets/namespaces.ts';
import { matchesWildcard } from '../../secrets/wildcard.ts';
import { appendItems } from '../../yaml/write.ts';
import { keyLocationOf, reportAt } from '../../findings/location.ts';
import { editFix } from './pullSecretChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** An exclude list that drops the namespaces of the default one. */
export const pullSecretsExclusions: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-exclusions',
  severity: 'info',
  doc: {
    summary: '`excludeNamespaces` is set without the namespaces of its default',
    why: [
      'A list replaces the default list as a whole, which excludes `argocd` and `kube-system`. Without',
      '`argocd` the policy also changes the Pods of Argo CD. Kyverno ignores `kube-system` in any case,',
      'so listing it makes no difference.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        excludeNamespaces:\n          - monitoring\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        excludeNamespaces:\n          - monitoring\n          - argocd\n          - kube-system\n',
    fix: 'Adds the missing namespaces.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  const list = block?.excludeNamespaces;
  if (block === undefined || list === undefined || list.winner.layer.file === undefined) return [];
  if (
    list.winner.node.kind !== 'seq' ||
    [list, ...block.patterns.map(item => item.effective)].some(isTemplated)
  )
    return [];
  const missing = [argoNamespace(view), 'kube-system'].filter(name => !isExcluded(block, name));
  if (missing.length === 0) return [];
  return reportAt(keyLocationOf(list.winner), {
    ...problemOf(missing),
    path: `${pullSecretsPath}.excludeNamespaces`,
    fixes: add(block, missing),
  });
}

function problemOf(missing: readonly string[]): Pick<Report, 'message' | 'severity'> {
  if (missing.length === 1 && missing[0] === 'kube-system')
    return {
      severity: 'hint',
      message: 'This list replaces the default one and lacks "kube-system", which Kyverno ignores anyway',
    };
  const names = missing.map(name => `"${name}"`).join(' and ');
  const are = missing.length === 1 ? 'is' : 'are';
  return {
    severity: 'info',
    message: `This list replaces the default one: ${names} ${are} no longer excluded`,
  };
}

function isExcluded({ patterns }: PullSecretsBlock, name: string): boolean {
  return patterns.some(({ value }) => typeof value === 'string' && matchesWildcard(value, name));
}

function add({ excludeNamespaces }: PullSecretsBlock, missing: readonly string[]): readonly Fix[] {
  const list = excludeNamespaces?.winner.node;
  return editFix(
    excludeNamespaces?.winner,
    { title: `Add ${missing.join(' and ')}`, applies: 'choice' },
    file => {
      if (list?.kind !== 'seq') return [];
      return [appendItems(file.source, list, missing, lineWidth(file))];
    },
  );
}
