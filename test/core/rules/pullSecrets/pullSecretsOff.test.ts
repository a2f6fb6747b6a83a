import { check, fix } from '../../../support/fixture.ts';

const codes = ['pull-secrets-off'];
const registry = { rules: [{ source: '*', target: 'r.corp' }], credentials: ['r.corp'] };

describe('pull-secrets-off', () => {
  const text = `
    deploykf_core:
      deploykf_auth:
        images:
          dex: { repository: r.corp/dexidp/dex }
    `;

  it('reports images of a registry that needs credentials', () =>
    check(
      `
      deploykf_core:
    ~ ^^^^^^^^^^^^^ pull-secrets-off: Nothing gives a pull secret to the Pods that pull 1 image from r.corp (dex): configure "deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets"
        deploykf_auth:
          images:
            dex: { repository: r.corp/dexidp/dex }
      `,
      { codes, registry },
    ));

  it('reports at a switch that is off', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: false } } }
                                                                 ~ ^^^^^ pull-secrets-off: Nothing gives a pull secret to the Pods that pull 1 image from r.corp (dex): configure "deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets"
      deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dexidp/dex } } } }
      `,
      { codes, registry },
    ));

  it('reports credentials that are switched off, and nothing else does', () => {
    const values = (enabled: string, finding = ''): string => `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { registryCredentials: [{ existingSecret: reg, existingSecretNamespace: argocd }], enabled: ${enabled} } } }
      ${finding}deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dexidp/dex } } } }
      `;
    const both = { codes: [...codes, 'pull-secrets-not-enabled'], registry };
    check(
      values(
        'false',
        `${' '.repeat(140)}~ ^^^^^ pull-secrets-off: Nothing gives a pull secret to the Pods that pull 1 image from r.corp (dex): the policy is switched off\n      `,
      ),
      both,
    );
    fix(values('false'), values('true'), { ...both, title: /^Enable the policy$/ });
  });

  it('says why there can be no policy', () => {
    check(
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
                             ~ ^^^^^^^ pull-secrets-off: Nothing gives a pull secret to the Pods that pull 1 image from r.corp (dex): "deploykf_dependencies.kyverno.enabled" is false, so Kyverno and its policies are not generated
      deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dexidp/dex } } } }
      `,
      { codes, registry },
    );
    check(
      `
      deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dex } } } }
    ~ ^^^^^^^^^^^^^ pull-secrets-off: Nothing gives a pull secret to the Pods that pull 1 image from r.corp (dex): deployKF 0.1.2 has no pull-secret policy, it was added in 0.1.3
      `,
      { codes, registry, release: '0.1.2' },
    );
  });

  it('is silent where nobody says that credentials are needed', () =>
    check(text, { codes, registry: { rules: registry.rules } }));

  it('is silent for other registries, and where the chart gets a Secret', () => {
    check(text, { codes, registry: { ...registry, credentials: ['other.corp', 'r.cor'] } });
    check(
      `
      deploykf_core:
        deploykf_auth:
          valuesOverrides: { dex: { image: { pullSecret: reg } } }
          images:
            dex: { repository: r.corp/dexidp/dex }
      `,
      { codes, registry },
    );
  });

  it('leaves a policy that is configured to the other rules', () => {
    const block = (inner: string): string =>
      `deploykf_dependencies: { kyverno: { clusterPolicies: { imagePullSecrets: { ${inner} } } } }\n`;
    const dex = 'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dexidp/dex } } } }\n';
    check(block('enabled: true') + dex, { codes, registry });
    check(block('registryCredentials: [{ existingSecret: reg }]') + dex, { codes, registry });
    check(block('enabled: "{{ x }}"') + dex, { codes, registry });
    check(block('enabled: true, registryCredentials: [{ existingSecret: reg }]') + dex, { codes, registry });
  });

  it('configures the policy, without touching anything else', () =>
    fix(
      text,
      `
    deploykf_core:
      deploykf_auth:
        images:
          dex: { repository: r.corp/dexidp/dex }
    deploykf_dependencies:
      kyverno:
        clusterPolicies:
          imagePullSecrets:
            enabled: true
            registryCredentials:
              - existingSecret: my-docker-config
                existingSecretNamespace: argocd
    `,
      { codes, registry, title: /^Configure/ },
    ));

  it('keeps CRLF', () =>
    fix(
      'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dex } } } }\r\ndeploykf_dependencies:\r\n  kyverno:\r\n    enabled: true\r\n',
      'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dex } } } }\r\ndeploykf_dependencies:\r\n  kyverno:\r\n    enabled: true\r\n    clusterPolicies:\r\n      imagePullSecrets:\r\n        enabled: true\r\n        registryCredentials:\r\n          - existingSecret: my-docker-config\r\n            existingSecretNamespace: argocd\r\n',
      { codes, registry, title: /^Configure/ },
    ));
});
