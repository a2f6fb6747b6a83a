import assert from 'node:assert/strict';
import { ask, labels, listed, type AskOptions } from '../../support/completing.ts';

const secrets = `
  apiVersion: v1
  kind: Secret
  type: kubernetes.io/dockerconfigjson
  metadata: { name: my-docker-config, namespace: argocd }
  stringData: { .dockerconfigjson: '{"auths":{"registry.example.com":{"username":"u","password":"hunter2"}}}' }
  ---
  apiVersion: v1
  kind: Secret
  metadata: { name: minio-root }
  stringData: { password: hunter2 }
`;

const block = (lines: string): string =>
  `deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n          - ${lines}\n`;

describe('completion of the names of Secrets', () => {
  it('offers the pull secrets of the workspace to the policy', () =>
    assert.deepEqual(listed(ask(block('existingSecret: $0'), { secrets })), [
      'my-docker-config: in the namespace argocd, secrets.yaml',
    ]));

  it('leads from a whole entry to them', () => {
    const leads = (options: AskOptions): boolean =>
      ask(block('$0'), options).items.some(({ kind, leadsOn }) => kind === 'block' && leadsOn === true);
    assert.deepEqual([leads({ secrets }), leads({})], [true, false]);
  });

  it('offers the others to other values', () =>
    assert.deepEqual(
      listed(ask('deploykf_opt:\n  deploykf_minio:\n    rootUser:\n      existingSecret: $0\n', { secrets })),
      ['minio-root: secrets.yaml'],
    ));

  it('offers the namespace that the Secret is in first', () =>
    assert.deepEqual(
      listed(
        ask(block('existingSecret: my-docker-config\n            existingSecretNamespace: $0'), { secrets }),
      ).slice(0, 2),
      ['argocd: has my-docker-config', "kyverno: Kyverno's own, used when none is set"],
    ));

  it('offers it first also where deployKF has no Pods', () => {
    const elsewhere = secrets.replace(/namespace: argocd/, 'namespace: ops');
    const asked = ask(block('existingSecret: my-docker-config\n            existingSecretNamespace: $0'), {
      secrets: elsewhere,
    });
    assert.deepEqual(listed(asked).slice(0, 2), [
      'ops: has my-docker-config',
      "kyverno: Kyverno's own, used when none is set",
    ]);
  });

  it('is silent where the workspace has none', () =>
    assert.deepEqual(labels(block('existingSecret: $0')), []));
});
