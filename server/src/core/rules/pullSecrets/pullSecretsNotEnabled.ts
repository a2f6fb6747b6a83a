import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { blockValue, configuredBlock, pullSecretsPath } from '../../pullSecrets/block.ts';
import { isKyvernoEnabled } from '../../pullSecrets/namespaces.ts';
import { toBool } from '../../go/toBool.ts';
import { keyLocationOf, parsesWhole, reportAt, effectiveLocation } from '../../findings/location.ts';
import { pullSecretGaps } from './pullSecretGaps.ts';
import { enablePolicy, isSwitchedOff } from './pullSecretSwitch.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** Credentials of a pull-secret policy that is off. */
export const pullSecretsNotEnabled: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-not-enabled',
  severity: 'warning',
  doc: {
    summary: 'Credentials are listed, but the pull-secret policy is not enabled',
    why: [
      '`enabled` is false by default. Until it is true, the credentials do nothing. Where a layer',
      'explicitly switches the policy off, this is only a hint.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
    fix: 'Sets `enabled: true`.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block === undefined || !isKyvernoEnabled(view) || !parsesWhole(view)) return [];
  if (isTemplated(block.enabled) || isTemplated(block.registryCredentials)) return [];
  const enabled = blockValue(view, 'enabled');
  // A text or number that counts as false is reported by pull-secrets-type.
  const isPlainOff = enabled === null || enabled === false || enabled === '';
  const credentials = block.registryCredentials?.winner;
  if (toBool(enabled) || !isPlainOff || block.entries.length === 0 || credentials?.layer.file === undefined)
    return [];
  if (!isSwitchedOff(view))
    return reportAt(keyLocationOf(credentials), {
      message: 'These credentials do nothing: "enabled" is not set, and false by default',
      path: `${pullSecretsPath}.registryCredentials`,
      fixes: enablePolicy(view),
    });
  // Where Pods are known to need them, pull-secrets-off says so.
  if (view.policy?.credentials !== undefined && pullSecretGaps(view).length > 0) return [];
  return reportAt(effectiveLocation(block.enabled), {
    severity: 'hint',
    message: 'The policy is switched off here, so the credentials do nothing',
    path: `${pullSecretsPath}.enabled`,
    fixes: enablePolicy(view),
  });
}
