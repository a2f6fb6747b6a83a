import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { configuredBlock, pullSecretsPath, type Credential } from '../../pullSecrets/block.ts';
import { setValues } from '../../yaml/write.ts';
import { keyLocationOf, parsesWhole, reportAt } from '../../findings/location.ts';
import { editFix } from './pullSecretChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A credential that leaves its namespace to the default. */
export const pullSecretsNamespaceMissing: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-namespace-missing',
  severity: 'info',
  doc: {
    summary: 'A credential does not say which namespace its Secret is in',
    why: 'Without `existingSecretNamespace` the policy copies from the namespace of Kyverno. A Secret elsewhere is then not found, and the Pods start without it.',
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: kyverno\n',
    fix: 'Writes the namespace that is used now.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block === undefined || !parsesWhole(view)) return [];
  return block.credentials.flatMap(credential => {
    const { effective: at, name, namespace, secretName, secretNamespace, hasNamespace } = credential;
    if (hasNamespace || name === undefined || secretName === undefined) return [];
    if ([at, name, namespace].some(isTemplated)) return [];
    return reportAt(keyLocationOf(name.winner), {
      message: `No "existingSecretNamespace": the Secret "${secretName}" is copied from "${secretNamespace}", the namespace of Kyverno`,
      path: `${pullSecretsPath}.registryCredentials[${credential.index}]`,
      fixes: writeNamespace(credential),
    });
  });
}

function writeNamespace({ effective: at, secretNamespace }: Credential): readonly Fix[] {
  const { node, layer } = at.winner;
  const title = `Write existingSecretNamespace: ${secretNamespace}`;
  return editFix(at.winner, { title, applies: 'choice' }, ({ source }) => {
    if (node.kind !== 'map') return [];
    const path = ['existingSecretNamespace'];
    return setValues({ source, root: node, anchors: layer.anchors }, [{ path, value: secretNamespace }])
      .edits;
  });
}
