import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import {
  blockValue,
  configuredBlock,
  pullSecretsPath,
  type PullSecretsBlock,
} from '../../pullSecrets/block.ts';
import { isKyvernoEnabled, kyvernoPath } from '../../pullSecrets/namespaces.ts';
import { toBool } from '../../go/toBool.ts';
import type { Contribution } from '../../stack/effective.ts';
import { keyLocationOf, locationOf, reportAt, userSay } from '../../findings/location.ts';
import { isShared } from '../image/rewriteChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A pull-secret policy without the Kyverno that it is part of. */
export const pullSecretsKyvernoDisabled: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-kyverno-disabled',
  severity: 'warning',
  doc: {
    summary: 'The pull-secret policy is configured, but Kyverno is disabled',
    why: 'The policy is part of the Kyverno manifests of deployKF. With `deploykf_dependencies.kyverno.enabled: false` they are not generated, even if the cluster has its own Kyverno.',
    bad: 'deploykf_dependencies:\n  kyverno:\n    enabled: false\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    enabled: true\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
    fix: 'Enables Kyverno.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  const path = `${kyvernoPath}.enabled`;
  const kyverno = userSay(view.effective.at(path));
  if (block === undefined || isKyvernoEnabled(view) || kyverno === undefined) return [];
  if (isTemplated(view.effective.at(path))) return [];
  const isOn = toBool(blockValue(view, 'enabled'));
  const say = isOn ? userSay(block.enabled) : credentialsSay(block);
  if (say === undefined) return [];
  const report = {
    message: `Kyverno is disabled ("${path}"), so this policy does not exist`,
    path: `${pullSecretsPath}.${isOn ? 'enabled' : 'registryCredentials'}`,
    fixes: enable(kyverno),
  };
  const place = locationOf(kyverno);
  if (place === undefined) return reportAt(keyLocationOf(say), report);
  const related = [{ ...place, message: 'Kyverno is disabled here' }];
  return reportAt(keyLocationOf(say), { ...report, related });
}

function credentialsSay({ registryCredentials, entries }: PullSecretsBlock): Contribution | undefined {
  const winner = registryCredentials?.winner;
  if (winner?.layer.file !== undefined && entries.length > 0) return winner;
  return undefined;
}

function enable({ layer }: Contribution): readonly Fix[] {
  const path = [...kyvernoPath.split('.'), 'enabled'];
  if (isShared(layer, path)) return [];
  return [
    {
      title: 'Enable Kyverno',
      applies: 'choice',
      changes: () => [{ kind: 'set', layer, path, value: true }],
    },
  ];
}
