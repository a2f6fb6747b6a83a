import assert from 'node:assert/strict';
import { podSecret, type PodSecret } from '../../../server/src/core/lookup/podSecret.ts';
import { secretText } from '../../../server/src/core/report/lookupWords.ts';
import { viewOf } from '../../support/views.ts';

const image = 'deploykf_core: {deploykf_auth: {images: {dex: {repository: r.example.com/dex}}}}\n';
const docker = '{"auths": {"r.example.com": {"username": "u", "password": "p"}}}';
const secret = `{kind: Secret, metadata: {name: pull}, type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: '${docker}'}}`;

function kyverno(credentials: string, extra = ''): string {
  const policy = `{enabled: true, excludeNamespaces: [kubeflow], registryCredentials: [${credentials}]}`;
  return `deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${policy}}, extraManifests: [${extra}]}}\n`;
}

function secretOf(
  namespace: string | undefined,
  text: string,
  repository = 'r.example.com/dex',
): PodSecret | undefined {
  const view = viewOf([image, text]);
  const entry = view.images.find(({ canonical }) => canonical === repository);
  return podSecret(view, { repository, namespace, entry });
}

function said(namespace: string, text: string, repository?: string): string | undefined {
  const found = secretOf(namespace, text, repository);
  return found && secretText(found);
}

describe('The pull Secret of a Pod', () => {
  const covered = kyverno('{existingSecret: pull}', secret);

  it('is named where it is known to have credentials, and where it may have', () => {
    assert.equal(said('deploykf-auth', covered), 'Pods of deploykf-auth get pull, with credentials for it');
    assert.equal(
      said('deploykf-auth', kyverno('{existingSecret: other}')),
      'Pods of deploykf-auth get other, and it is not known for which registries',
    );
  });

  it('is none where the policy does not reach, and where no Secret has credentials', () => {
    assert.equal(
      said('kubeflow', covered),
      'Pods of kubeflow get none: it is excluded from the policy by "kubeflow"',
    );
    assert.equal(
      said('deploykf-auth', covered, 'other.example.com/a'),
      'Pods of deploykf-auth get none: no Secret of the policy has credentials for other.example.com',
    );
    assert.equal(
      said('deploykf-auth', ''),
      'Pods of deploykf-auth get none: there is no pull-secret policy: "enabled" is false',
    );
  });

  it('is not known in a namespace that the stack does not have', () =>
    assert.equal(
      said('elsewhere', covered),
      'not known for Pods of elsewhere: the stack does not have this namespace',
    ));

  it('is what valuesOverrides pass to the chart', () => {
    const overrides = (value: string): string =>
      `deploykf_core: {deploykf_auth: {valuesOverrides: ${value}}}\n`;
    assert.equal(
      said('deploykf-auth', overrides('{dex: {image: {pullSecret: reg}}}')),
      'Pods of deploykf-auth get reg, and it is not known for which registries',
    );
    assert.equal(
      said('deploykf-auth', overrides('"dex: {{ x }}"')),
      'not known for Pods of deploykf-auth: a template fills in valuesOverrides, which may pass a Secret to its chart',
    );
  });

  it('is not asked for where the image is public, or the namespace is not known', () => {
    assert.equal(secretOf('deploykf-auth', covered, 'docker.io/a/b'), undefined);
    assert.equal(secretOf(undefined, covered), undefined);
  });
});
