import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-name-invalid'];

describe('pull-secrets-name-invalid', () => {
  it('reports names that Kubernetes refuses', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: My_Secret
                                ~ ^^^^^^^^^ pull-secrets-name-invalid: No Secret can be named "My_Secret": only lower-case letters, digits, "-" and "." are, with a letter or digit at both ends of each part
                  existingSecretNamespace: Argo.CD
                                         ~ ^^^^^^^ pull-secrets-name-invalid: No namespace can be named "Argo.CD": only lower-case letters, digits and "-" are, with a letter or digit at both ends
                - existingSecret: -reg
                                ~ ^^^^ pull-secrets-name-invalid: No Secret can be named "-reg": only lower-case letters, digits, "-" and "." are, with a letter or digit at both ends of each part
                - existingSecret: "reg "
                                ~ ^^^^^^ pull-secrets-name-invalid: No Secret can be named "reg ": only lower-case letters, digits, "-" and "." are, with a letter or digit at both ends of each part
                  existingSecretNamespace: a.b
                                         ~ ^^^ pull-secrets-name-invalid: No namespace can be named "a.b": only lower-case letters, digits and "-" are, with a letter or digit at both ends
                - existingSecret: reg/name
                                ~ ^^^^^^^^ pull-secrets-name-invalid: No Secret can be named "reg/name": only lower-case letters, digits, "-" and "." are, with a letter or digit at both ends of each part
      `,
      { codes },
    ));

  it('reports excluded namespaces that cannot be', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, Kube-System, "kube_*", "team-1 ", -x]
                                        ~ ^^^^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "Kube-System": only lower-case letters, digits and "-" are, with a letter or digit at both ends
                                                     ~ ^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "kube_*": only lower-case letters, digits and "-" are, besides "*" and "?"
                                                               ~ ^^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "team-1 ": only lower-case letters, digits and "-" are, with a letter or digit at both ends
                                                                          ~ ^^ pull-secrets-name-invalid: No namespace can be named "-x": only lower-case letters, digits and "-" are, with a letter or digit at both ends
      `,
      { codes },
    ));

  it('reports names that are too long', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
                - existingSecret: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-invalid: No Secret can be named "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…": it has 254 characters, 253 are allowed
                  existingSecretNamespace: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
                                         ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb": it has 64 characters, 63 are allowed
      `,
      { codes },
    ));

  it('stays silent on legal names, numbers and templates', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              excludeNamespaces: [argocd, "kube-*", "*", "?", "-*", 1team, "{{ .ns }}"]
              registryCredentials:
                - existingSecret: my.docker-config
                  existingSecretNamespace: argocd
                - existingSecret: 123
                - { existingSecret: "\${REG}", existingSecretNamespace: "\${NS}" }
      `,
      { codes },
    ));

  it('writes a legal name in the same quotes', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: # ours
                - existingSecret: 'My-Secret' # upper
                  existingSecretNamespace: " argocd"
              excludeNamespaces: [Kube-System, "Team-*"]
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials: # ours
                - existingSecret: 'my-secret' # upper
                  existingSecretNamespace: "argocd"
              excludeNamespaces: [kube-system, "team-*"]
      `,
      { codes, title: /^Write/ },
    ));
});
