import assert from 'node:assert/strict';
import { pullSecretHover } from '../../../server/src/core/features/pullSecretHover.ts';
import { pullSecretsPath } from '../../../server/src/core/pullSecrets/block.ts';
import { viewOf } from '../../support/views.ts';

function hoverOf(block: string, path: string, release = '0.1.5'): readonly string[] | undefined {
  const text = `deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${block}}}}\n`;
  return pullSecretHover(viewOf([text], { release }), `${pullSecretsPath}${path}`)?.map(line => line.text);
}

const on =
  '{enabled: true, excludeNamespaces: [argocd, "team-?"], registryCredentials: [{existingSecret: reg}]}';

describe('pullSecretHover', () => {
  it('says what the whole block does', () =>
    assert.deepEqual(hoverOf(on, ''), [
      '**imagePullSecrets** · deployKF 0.1.5',
      'Copies pull secrets into namespaces and adds them to every Pod that is created there',
      'The policy is deployed',
      'Received by `cert-manager`, `istio-system`, `deploykf-auth`, `deploykf-dashboard`, `deploykf-istio-gateway`, `kubeflow`, `team-1-prod`',
      'Too late for what starts before Kyverno in `cert-manager`, `istio-system`',
      "Not by `argocd` (excluded), `kube-system`, `kube-public`, `kube-node-lease` (ignored by Kyverno itself), `kyverno` (Kyverno's own namespace, always excluded), `team-1` (excluded by `team-?`)",
      '`cloned--image-pull-secret-0` is a copy of `kyverno/reg`',
    ]));

  it('says what a pattern hits', () =>
    assert.deepEqual(hoverOf(on, '.excludeNamespaces[1]'), [
      '**imagePullSecrets.excludeNamespaces\\[1\\]** · deployKF 0.1.5',
      'Matches `team-1`',
      'Does not match `team-1-prod`, `argocd`, `kube-system`, `kube-public`, `kube-node-lease`, `cert-manager`, `istio-system`, `kyverno`, `deploykf-auth`, `deploykf-dashboard` and 2 more',
    ]));

  it('caps long lists, and says first what a pattern nearly hits', () => {
    const profiles = Array.from({ length: 40 }, (_, index) => `{name: team-${index + 1}}`).join(', ');
    const text = `deploykf_core: {deploykf_profiles_generator: {profiles: [${profiles}]}}\ndeploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${on}}}}\n`;
    const lines = pullSecretHover(viewOf([text]), `${pullSecretsPath}.excludeNamespaces[1]`);
    assert.deepEqual(
      lines?.slice(1).map(line => line.text),
      [
        'Matches `team-1`, `team-2`, `team-3`, `team-4`, `team-5`, `team-6`, `team-7`, `team-8`, `team-9`',
        'Does not match `team-10`, `team-11`, `team-12`, `team-13`, `team-14`, `team-15`, `team-16`, `team-17`, `team-18`, `team-19` and 32 more',
      ],
    );
  });

  it('marks namespaces that are not deployed', () =>
    assert.equal(
      hoverOf('{excludeNamespaces: ["*-mysql"]}', '.excludeNamespaces[0]')?.[1],
      'Matches `deploykf-mysql` (not deployed)',
    ));

  it('says what every pattern hits', () =>
    assert.deepEqual(hoverOf(on, '.excludeNamespaces'), [
      '**imagePullSecrets.excludeNamespaces** · deployKF 0.1.5',
      'Namespaces that do not get the secrets: `*` is any number of characters, `?` exactly one. A list here replaces the default list',
      '`argocd` matches `argocd`',
      '`team-?` matches `team-1`',
      '`kyverno` (always excluded) matches `kyverno`',
    ]));

  it("marks Kyverno's own namespace wherever it stands, and reads patterns also without a policy", () =>
    assert.deepEqual(hoverOf('{excludeNamespaces: [kyverno, argocd]}', '.excludeNamespaces')?.slice(2), [
      '`kyverno` (always excluded) matches `kyverno`',
      '`argocd` matches `argocd`',
      'No policy: "enabled" is false',
    ]));

  it('says that the cluster refuses the policy', () =>
    assert.deepEqual(
      hoverOf('{enabled: true, registryCredentials: [{existingSecretNamespace: argocd}]}', '.enabled')?.slice(
        1,
      ),
      [
        '⚠ No policy: the cluster refuses what is rendered, "registryCredentials" at 0.yaml:1 does not name a Secret',
      ],
    ));

  it('says what an entry copies, on each of its keys', () => {
    const first = hoverOf(on, '.registryCredentials[0].existingSecret')?.slice(1);
    assert.deepEqual(first?.slice(0, 2), [
      'Secret `kyverno/reg` is copied as `cloned--image-pull-secret-0`',
      'No namespace is set, so `kyverno` is used',
    ]);
    assert.deepEqual(hoverOf(on, '.registryCredentials[0]')?.slice(1), first);
    assert.deepEqual(hoverOf(on, '.registryCredentials[0].existingSecretNamespace')?.slice(1), first);
    assert.deepEqual(hoverOf(on, '.registryCredentials')?.slice(1), [
      'Secrets of type `kubernetes.io/dockerconfigjson` that the policy copies; every Pod gets all of them',
      'Secret `kyverno/reg` is copied as `cloned--image-pull-secret-0`',
    ]);
  });

  it('says of no Secret that it is copied where nothing is deployed', () => {
    const off = on.replace('true', '2');
    const why = 'No policy: "enabled" is the number 2, which counts as false';
    assert.deepEqual(hoverOf(off, '.registryCredentials[0].existingSecret')?.slice(1), [
      'No namespace is set, so `kyverno` is used',
      why,
    ]);
    const allSecrets =
      'Secrets of type `kubernetes.io/dockerconfigjson` that the policy copies; every Pod gets all of them';
    assert.deepEqual(hoverOf(off, '.registryCredentials')?.slice(1), [allSecrets, why]);
    const old = 'No policy: deployKF 0.1.0 has no pull\\-secret policy, it was added in 0.1.3';
    assert.deepEqual(hoverOf(on, '.registryCredentials[0]', '0.1.0')?.slice(1), [old]);
    const block =
      '{enabled: true, registryCredentials: [{existingSecret: reg}, {existingSecretNamespace: argocd}]}';
    const refused =
      '⚠ No policy: the cluster refuses what is rendered, "registryCredentials" at 0.yaml:1 does not name a Secret';
    assert.deepEqual(hoverOf(block, '')?.slice(2), [refused]);
    assert.deepEqual(hoverOf(block, '.registryCredentials')?.slice(1), [
      allSecrets,
      'Entry 1 does not name a Secret: Kyverno refuses the policy',
      refused,
    ]);
  });

  it('warns of what makes deployKF fail', () =>
    assert.deepEqual(hoverOf('{enabled: true, registryCredentials: [reg]}', '.registryCredentials[0]'), [
      '**imagePullSecrets.registryCredentials\\[0\\]** · deployKF 0.1.5',
      'the string "reg" is not an entry: a map with `existingSecret` is needed',
    ]));

  it('says that a template cannot be known', () =>
    assert.equal(
      hoverOf('{enabled: "${ON}"}', '.enabled')?.at(-1),
      'Part of the block is filled in by another tool: not known here',
    ));

  it('says that an old release has no policy', () =>
    assert.deepEqual(hoverOf(on, '.enabled', '0.1.2'), [
      '**imagePullSecrets.enabled** · deployKF 0.1.2',
      'No policy: deployKF 0.1.2 has no pull\\-secret policy, it was added in 0.1.3',
    ]));

  it('says that a Secret comes with a disabled component', () => {
    const text = `deploykf_core: {deploykf_auth: {enabled: false, extraManifests: ["{kind: Secret, metadata: {name: reg, namespace: kyverno}}"]}}\ndeploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${on}}}}\n`;
    const lines = pullSecretHover(
      viewOf([text], { secrets: [] }),
      `${pullSecretsPath}.registryCredentials[0]`,
    )?.map(line => line.text);
    assert.equal(
      lines?.find(line => line.startsWith('⚠')),
      '⚠ Found only with `deploykf_core.deploykf_auth`, which is disabled: [0.yaml:1](file:///0.yaml#L1)',
    );
  });

  it('has nothing to say elsewhere', () => {
    const view = viewOf([]);
    assert.equal(pullSecretHover(view, 'deploykf_dependencies.kyverno.clusterPolicies'), undefined);
    assert.equal(pullSecretHover(view, `${pullSecretsPath}.unknown`), undefined);
    assert.equal(pullSecretHover(view, `${pullSecretsPath}.excludeNamespaces[7]`), undefined);
    assert.equal(pullSecretHover(view, []), undefined);
  });
});
