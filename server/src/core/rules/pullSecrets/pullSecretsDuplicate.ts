import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import {
  configuredBlock,
  itemLine,
  pullSecretsPath,
  type Credential,
  type PullSecretsBlock,
} from '../../pullSecrets/block.ts';
import { removeItem } from '../../yaml/remove.ts';
import { reportAt } from '../../findings/location.ts';
import { editFix, itemPlace } from './pullSecretChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** The same Secret twice. */
export const pullSecretsDuplicate: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-duplicate',
  severity: 'warning',
  doc: {
    summary: 'The same Secret is listed twice',
    why: 'Each entry is copied and added to every Pod under a separate name, so every Pod has the same credentials twice. Without `existingSecretNamespace`, an entry refers to the namespace of Kyverno.',
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n          - existingSecret: my-docker-config\n          - existingSecret: my-docker-config\n            existingSecretNamespace: kyverno\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: kyverno\n',
    fix: 'Removes the later entry. The entries after it then get different names in the cluster.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block === undefined) return [];
  const named = block.credentials.filter(isNamed);
  const firsts = new Map<string, Credential>();
  return named.flatMap(credential => {
    const secret = JSON.stringify([credential.secretNamespace, credential.secretName]);
    const first = firsts.get(secret);
    if (first === undefined) firsts.set(secret, credential);
    if (first === undefined) return [];
    const place = itemPlace(first);
    return reportAt(itemPlace(credential), {
      message: `The Secret "${credential.secretNamespace}/${credential.secretName ?? ''}" is listed twice, first at ${itemLine(first) ?? ''}`,
      path: `${pullSecretsPath}.registryCredentials[${credential.index}]`,
      fixes: remove(block, credential.index),
      ...(place && { related: [{ ...place, message: 'The same Secret' }] }),
    });
  });
}

function isNamed({ effective: at, name, namespace, secretName }: Credential): boolean {
  return secretName !== undefined && ![at, name, namespace].some(isTemplated);
}

function remove({ registryCredentials }: PullSecretsBlock, index: number): readonly Fix[] {
  const list = registryCredentials?.winner.node;
  return editFix(
    registryCredentials?.winner,
    { title: 'Remove the entry', applies: 'choice' },
    ({ source }) => {
      if (list?.kind !== 'seq') return [];
      return [removeItem(source, list, index)];
    },
  );
}
