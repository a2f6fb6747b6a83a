import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-duplicate'];

describe('pull-secrets-duplicate', () => {
  it('reports the later entry, the default namespace counted', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg
                - { existingSecret: reg, existingSecretNamespace: kyverno }
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-duplicate: The Secret "kyverno/reg" is listed twice, first at values.yaml:6
                - existingSecret: reg
                  existingSecretNamespace: argocd
                - existingSecretNamespace: argocd
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-duplicate: The Secret "argocd/reg" is listed twice, first at values.yaml:8
                  existingSecret: "reg"
      `,
      { codes },
    ));

  it('stays silent on different Secrets, nameless entries and templates', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg
                - existingSecret: reg2
                - existingSecret: reg
                  existingSecretNamespace: argocd
                - {}
                - {}
                - existingSecret: "{{ .a }}"
                - existingSecret: "{{ .a }}"
      `,
      { codes },
    ));

  it('stays silent on lists of two layers, of which only the later counts', () =>
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
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('removes the later entry with its lines', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                # first
                - existingSecret: reg
                - existingSecret: reg # again
                  existingSecretNamespace: kyverno
                - existingSecret: other
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                # first
                - existingSecret: reg
                - existingSecret: other
      `,
      { codes, title: /^Remove/ },
    ));

  it('removes it from a flow list', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{ existingSecret: a }, { existingSecret: a }]
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{ existingSecret: a }]
      `,
      { codes, title: /^Remove/ },
    ));
});
