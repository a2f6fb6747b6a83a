import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-namespace-missing'];

describe('pull-secrets-namespace-missing', () => {
  it('says which namespace counts', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg
                ~ ^^^^^^^^^^^^^^ pull-secrets-namespace-missing: No "existingSecretNamespace": the Secret "reg" is copied from "kyverno", the namespace of Kyverno
                - { existingSecret: reg2, existingSecretNamespace: "" }
                  ~ ^^^^^^^^^^^^^^ pull-secrets-namespace-missing: No "existingSecretNamespace": the Secret "reg2" is copied from "kyverno", the namespace of Kyverno
      `,
      { codes },
    ));

  it('knows the namespace that Kyverno is given', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          namespace: policies
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg
                ~ ^^^^^^^^^^^^^^ pull-secrets-namespace-missing: No "existingSecretNamespace": the Secret "reg" is copied from "policies", the namespace of Kyverno
      `,
      { codes },
    ));

  it('stays silent with a namespace, without a name, and on templates; of an alias it tells the anchor', () =>
    check(
      `
      x: &entry { existingSecret: reg }
                ~ ^^^^^^^^^^^^^^ pull-secrets-namespace-missing: No "existingSecretNamespace": the Secret "reg" is copied from "kyverno", the namespace of Kyverno
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
                - existingSecretNamespace: a
                - {}
                - existingSecret: "{{ .a }}"
                - *entry
      `,
      { codes },
    ));

  it('writes the namespace behind the name', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg # ours
                - { existingSecret: reg2 }
                - existingSecret: reg3
                  existingSecretNamespace: ~
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: reg # ours
                  existingSecretNamespace: kyverno
                - { existingSecret: reg2, existingSecretNamespace: kyverno }
                - existingSecret: reg3
                  existingSecretNamespace: kyverno
      `,
      { codes, title: /^Write/ },
    ));
});
