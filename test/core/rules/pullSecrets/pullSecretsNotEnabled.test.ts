import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-not-enabled'];

describe('pull-secrets-not-enabled', () => {
  it('reports credentials without the switch', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              registryCredentials:
            ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-not-enabled: These credentials do nothing: "enabled" is not set, and false by default
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('only hints where a layer switches the policy off', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: false # for now
                     ~ ^^^^^ pull-secrets-not-enabled: The policy is switched off here, so the credentials do nothing
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('stays silent where another layer enables the policy', () =>
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

  it('stays silent without credentials, with templates and without Kyverno', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: false
              registryCredentials: []
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: "\${ON}"
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      { codes },
    ));

  it('leaves a disabled Kyverno to its own rule', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          enabled: false
          clusterPolicies: { imagePullSecrets: { registryCredentials: [{ existingSecret: reg }] } }
      `,
      { codes },
    ));

  it('enables the policy beside the credentials', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              # ours
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              # ours
              registryCredentials:
                - existingSecret: reg
                  existingSecretNamespace: argocd
              enabled: true
      `,
      { codes, title: /^Enable/ },
    ));

  it('turns the switch in the layer that has it', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: { enabled: false, registryCredentials: [{ existingSecret: reg }] }
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
      `,
      { codes, title: /^Enable/ },
    ));
});
