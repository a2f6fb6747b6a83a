import { check, fix } from '../../support/fixture.ts';

const registry = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

describe('what another tool fills in or seals', () => {
  it('may switch a component on', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          enabled: {{ .Values.istio }}
          images:
            istioProxy:
              repository: docker.io/istio/proxyv2
                        ~ ^^^^^^^^^^^^^^^^^^^^^^^ image-public: "docker.io/istio/proxyv2" is public, the registry policy maps it to "r.example.com/docker.io/istio/proxyv2"
            istioPilot: { repository: r.example.com/docker.io/istio/pilot }
      `,
      { registry, codes: ['image-public', 'image-override-ignored'] },
    ));

  it('does not hide that an image is gone', () =>
    check(
      `
      deploykf_dependencies:
    ~ ^^^^^^^^^^^^^^^^^^^^^ image-retired: deploykf_core.deploykf_auth.images.kubectl: docker.io/bitnami/kubectl:1.26.15-debian-12-r4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates: fill the mirror from there
        kyverno:
          images:
            kubectl:
              repository: r.example.com/docker.io/bitnami/kubectl
                        ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: kubectl: its upstream docker.io/bitnami/kubectl was removed from Docker Hub on 2025-09-29; fill the mirror from docker.io/bitnamilegacy/kubectl, without updates
              tag: {{ .Values.tag }}
      `,
      { registry, codes: ['image-retired'] },
    ));

  it('does not decide whom a Secret reaches', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials: [{ existingSecret: "\${SECRET}", existingSecretNamespace: kyverno }]
        istio:
      ~ ^^^^^ pull-secrets-unreached: Istio starts before the pull-secret policy exists, and pulls 1 image from r.example.com (istioPilot): pass a Secret to the chart with "valuesOverrides"
          images:
            istioPilot: { repository: r.example.com/docker.io/istio/pilot }
      `,
      { registry, codes: ['pull-secrets-unreached'] },
    ));

  it('is never changed where SOPS has a checksum of the file', () => {
    const sealed = (mode: string): string => `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: ghcr.io/dexidp/dex }
            oauth2Proxy: { repository: r.example.com/quay.io/oauth2-proxy/oauth2-proxy }
            kubectl: { repository: r.example.com/docker.io/bitnamilegacy/kubectl }
      sops: { mac: "ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]"${mode} }
      `;
    const only = { registry, codes: ['image-public', 'image-not-overridden'] };
    fix(sealed(''), sealed(''), only);
    const open = sealed(', mac_only_encrypted: true');
    fix(open, open.replace('ghcr.io/dexidp/dex', 'r.example.com/ghcr.io/dexidp/dex'), {
      ...only,
      codes: ['image-public'],
    });
  });
});
