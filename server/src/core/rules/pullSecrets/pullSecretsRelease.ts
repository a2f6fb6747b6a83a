import type { StackView } from '../../analysis/stackView.ts';
import { pullSecretsPath } from '../../pullSecrets/block.ts';
import { noPolicyIn } from '../../pullSecrets/explain.ts';
import { keyLocationOf, reportAt } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A pull-secret block for a release that has no such policy. */
export const pullSecretsRelease: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-release',
  severity: 'warning',
  doc: {
    summary: 'The release has no pull-secret policy',
    why: 'The policy was added in deployKF 0.1.3. Older releases merge the block and silently ignore it.',
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n',
    badRelease: '0.1.2',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets: # of release 0.1.3 or later\n        enabled: true\n',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  if (view.catalog.catalog.pullSecretPolicy) return [];
  const says = view.effective.at(pullSecretsPath)?.all ?? [];
  return says.flatMap(say =>
    reportAt(keyLocationOf(say), {
      message: `${noPolicyIn(view)}: this block is ignored`,
      path: pullSecretsPath,
    }),
  );
}
