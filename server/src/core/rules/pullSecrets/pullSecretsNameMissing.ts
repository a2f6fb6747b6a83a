import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import {
  configuredBlock,
  credentialKeys,
  pullSecretsPath,
  type Credential,
} from '../../pullSecrets/block.ts';
import { meantKey } from '../../pullSecrets/keyNames.ts';
import { keysOf } from '../../yaml/lookup.ts';
import { isRecord } from '../../yaml/value.ts';
import { parsesWhole, reportAt, effectiveLocation } from '../../findings/location.ts';
import { itemPlace } from './pullSecretChanges.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A credential that does not name a Secret. */
export const pullSecretsNameMissing: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-name-missing',
  severity: 'error',
  doc: {
    summary: 'An entry of `registryCredentials` does not name a Secret',
    why: [
      'deployKF renders an empty name, and Kyverno refuses the whole policy (`name cannot be empty`), so',
      'that the Kyverno application does not sync.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecretNamespace: argocd\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block === undefined || !parsesWhole(view)) return [];
  return block.credentials.filter(isNameless).flatMap(credential =>
    reportAt(effectiveLocation(credential.name) ?? itemPlace(credential), {
      message:
        'This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"',
      path: `${pullSecretsPath}.registryCredentials[${credential.index}]`,
    }),
  );
}

/** Where the name is under a misspelled key, pull-secrets-unknown-key says so. */
function isNameless({ effective: at, name, secretName, value }: Credential): boolean {
  if (secretName !== undefined || isTemplated(at) || isTemplated(name)) return false;
  const { node, layer } = at.winner;
  // A map or list in place of the name is reported by pull-secrets-type.
  if (isRecord(value) && typeof value.existingSecret === 'object' && value.existingSecret !== null)
    return false;
  if (node.kind !== 'map') return true;
  return !keysOf(node, layer.anchors).some(key => {
    const isKnown = credentialKeys.some(known => known === key);
    return !isKnown && meantKey(key, credentialKeys)?.key === 'existingSecret';
  });
}
