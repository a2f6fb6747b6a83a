import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-unknown-key'];

describe('pull-secrets-unknown-key', () => {
  it('reports keys of the block and of entries', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enable: true
            ~ ^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "enable" here, did you mean "enabled"?
              excludedNamespaces: []
            ~ ^^^^^^^^^^^^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "excludedNamespaces" here, did you mean "excludeNamespaces"?
              includeNamespaces: [a]
            ~ ^^^^^^^^^^^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "includeNamespaces" here, it knows only enabled, excludeNamespaces, registryCredentials
              registryCredentials:
                - existingSecrt: reg
                ~ ^^^^^^^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "existingSecrt" here, did you mean "existingSecret"?
                  namespace: argocd
                ~ ^^^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "namespace" here, did you mean "existingSecretNamespace"?
                - existingSecret: reg
                  existingSecretKey: key
                ~ ^^^^^^^^^^^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "existingSecretKey" here, it knows only existingSecret, existingSecretNamespace
      `,
      { codes },
    ));

  it('reports keys of every layer', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabeld: true
            ~ ^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "enabeld" here, did you mean "enabled"?
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: { credentials: [] }
                              ~ ^^^^^^^^^^^ pull-secrets-unknown-key: deployKF ignores the key "credentials" here, did you mean "registryCredentials"?
      `,
      { codes },
    ));

  it('stays silent on known keys, merge keys and templates', () =>
    check(
      `
      x: &x { foo: 1 }
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              <<: *x
              enabled: true
              excludeNamespaces: []
              "\${KEY}": 1
              registryCredentials:
                - *x
                - { <<: *x, existingSecret: a, existingSecretNamespace: b }
                - {{ .entry }}
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
              foo: true
      `,
      { codes, release: '0.1.2' },
    ));

  it('renames slips of the pen', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabeld: true # on
              "excludedNamespaces": []
              registryCredentials:
                - existingSecrt: reg
                  existing-secret-namespace: argocd
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true # on
              "excludeNamespaces": []
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('renames words of other tools when asked', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{ secretName: reg, namespace: argocd }]
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: [{ existingSecret: reg, existingSecretNamespace: argocd }]
      `,
      { codes, title: /^Rename/ },
    ));
});
