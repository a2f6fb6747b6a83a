import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-kyverno-disabled'];

describe('pull-secrets-kyverno-disabled', () => {
  it('reports a policy that is on', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          enabled: false
          clusterPolicies:
            imagePullSecrets:
              enabled: true
            ~ ^^^^^^^ pull-secrets-kyverno-disabled: Kyverno is disabled ("deploykf_dependencies.kyverno.enabled"), so this policy does not exist
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('reports credentials alone', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          enabled: false
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
            ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-kyverno-disabled: Kyverno is disabled ("deploykf_dependencies.kyverno.enabled"), so this policy does not exist
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('stays silent on a policy that is off, and where Kyverno is on', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          enabled: false
          clusterPolicies:
            imagePullSecrets:
              enabled: false
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          enabled: "false"
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      `,
      { codes },
    ));

  it('stays silent where Kyverno is off and nothing is configured', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          enabled: false
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, kube-system]
      `,
      { codes },
    ));

  it('enables Kyverno in the layer that disables it', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          enabled: false # no
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      `,
      `
      deploykf_dependencies:
        kyverno:
          enabled: true # no
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      `,
      { codes, title: /^Enable/ },
    ));
});
