import { check } from '../../../support/fixture.ts';

const codes = ['pull-secrets-name-missing'];

describe('pull-secrets-name-missing', () => {
  it('reports entries without a name', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials:
                - existingSecretNamespace: argocd # of ours
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
                - { existingSecretNamespace: a }
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
                - existingSecret: ""
                                ~ ^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
                - existingSecret:
                ~ ^^^^^^^^^^^^^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
                  existingSecretNamespace: b
                - {}
                ~ ^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
      `,
      { codes },
    ));

  it('reports an alias without a name, and stays silent on names, numbers and templates', () =>
    check(
      `
      x: &entry { existingSecretNamespace: a }
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials:
                - existingSecret: reg
                - existingSecret: 7
                - existingSecret: "{{ .name }}"
                - *entry
                ~ ^^^^^^ pull-secrets-name-missing: This entry does not name a Secret, and Kyverno refuses a policy with such an entry: set "existingSecret"
                - { <<: *entry, existingSecret: ok }
      `,
      { codes },
    ));

  it('leaves misspelled keys and wrong types to their own rules', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecrt: reg
                - secretName: reg
                - existingSecret: { name: reg }
                - reg
      `,
      { codes },
    ));

  it('stays silent where a later layer replaces the list', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{}]
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
});
