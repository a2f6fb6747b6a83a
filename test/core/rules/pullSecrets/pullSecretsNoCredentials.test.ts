import { check } from '../../../support/fixture.ts';

const codes = ['pull-secrets-no-credentials'];

describe('pull-secrets-no-credentials', () => {
  it('reports a policy without anything to copy', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
                     ~ ^^^^ pull-secrets-no-credentials: The policy is enabled, but "registryCredentials" is empty: nothing is rendered, add an entry with "existingSecret"
      `,
      { codes },
    ));

  it('reports an empty list of a later layer, and words that count as true', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: "yes"
                     ~ ^^^^^ pull-secrets-no-credentials: The policy is enabled, but "registryCredentials" is empty: nothing is rendered, add an entry with "existingSecret"
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [] # later
      `,
      { codes },
    ));

  it('stays silent with credentials, and where the policy is off', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      `,
      { codes },
    ));

  it('stays silent on templates', () =>
    check(
      `
      ~ file: base.yaml
      x: &off { enabled: on }
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              <<: *off
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials: "{{ .Values.creds }}"
      `,
      { codes },
    ));

  it('stays silent for a release without the policy', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      `,
      { codes, release: '0.1.2' },
    ));
});
