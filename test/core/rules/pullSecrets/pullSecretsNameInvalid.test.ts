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
                                ~ ^^^^^^^^^ pull-secrets-name-invalid: No Secret can be named "My_Secret": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
                  existingSecretNamespace: Argo.CD
                                         ~ ^^^^^^^ pull-secrets-name-invalid: No namespace can be named "Argo.CD": use only lower-case letters, digits and "-", with a letter or digit at both ends
                - existingSecret: -reg
                                ~ ^^^^ pull-secrets-name-invalid: No Secret can be named "-reg": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
                - existingSecret: "reg "
                                ~ ^^^^^^ pull-secrets-name-invalid: No Secret can be named "reg ": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
                  existingSecretNamespace: a.b
                                         ~ ^^^ pull-secrets-name-invalid: No namespace can be named "a.b": use only lower-case letters, digits and "-", with a letter or digit at both ends
                - existingSecret: reg/name
                                ~ ^^^^^^^^ pull-secrets-name-invalid: No Secret can be named "reg/name": use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part
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
                                        ~ ^^^^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "Kube-System": use only lower-case letters, digits and "-", with a letter or digit at both ends
                                                     ~ ^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "kube_*": use only lower-case letters, digits and "-", besides "*" and "?"
                                                               ~ ^^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "team-1 ": use only lower-case letters, digits and "-", with a letter or digit at both ends
                                                                          ~ ^^ pull-secrets-name-invalid: No namespace can be named "-x": use only lower-case letters, digits and "-", with a letter or digit at both ends
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
                                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-invalid: No Secret can be named "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…": it has 254 characters, at most 253 are allowed
                  existingSecretNamespace: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
                                         ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pull-secrets-name-invalid: No namespace can be named "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb": it has 64 characters, at most 63 are allowed
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
