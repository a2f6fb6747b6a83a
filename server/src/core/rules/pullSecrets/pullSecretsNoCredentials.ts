import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { blockValue, configuredBlock, pullSecretsPath } from '../../pullSecrets/block.ts';
import { toBool } from '../../go/toBool.ts';
import { parsesWhole, reportAt, effectiveLocation } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** The pull-secret policy is on, but there is nothing to copy. */
export const pullSecretsNoCredentials: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-no-credentials',
  severity: 'warning',
  doc: {
    summary: 'The pull-secret policy is enabled without any credentials',
    why: [
      'The template of the policy asks for both `enabled` and `registryCredentials`. With an empty list,',
      'nothing is rendered, without any error: no namespace gets a secret.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block === undefined || isTemplated(block.registryCredentials) || !parsesWhole(view)) return [];
  const credentials = blockValue(view, 'registryCredentials');
  const isEmpty = credentials === null || (Array.isArray(credentials) && credentials.length === 0);
  if (!isEmpty || !toBool(blockValue(view, 'enabled'))) return [];
  const message =
    'The policy is enabled, but "registryCredentials" is empty: nothing is rendered, add an entry with "existingSecret"';
  return reportAt(effectiveLocation(block.enabled), { message, path: `${pullSecretsPath}.enabled` });
}
