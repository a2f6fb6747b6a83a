import { check } from '../../../support/fixture.ts';

const codes = ['pull-secrets-uncovered'];

function secret(name: string, ...keys: readonly string[]): string {
  const auths = Object.fromEntries(keys.map(key => [key, { username: 'u', password: 'p' }]));
  const data = Buffer.from(JSON.stringify({ auths })).toString('base64');
  return `kind: Secret\nmetadata: { name: ${name}, namespace: kyverno }\ntype: kubernetes.io/dockerconfigjson\ndata: { .dockerconfigjson: ${data} }\n`;
}

const images = `
    deploykf_core:
      deploykf_auth:
        images:
          dex: { repository: r.example.com:5000/mirror/dex, tag: v1 }
          oauth2Proxy: { repository: r.example.com:5000/other/oauth2-proxy, tag: v1 }
          kubectl: { repository: s.example.com/kubectl, tag: v1 }`;
const policy = `${images}
    deploykf_dependencies:
      kyverno:
        clusterPolicies:
          imagePullSecrets:
            enabled: true`;
const one = `${policy}
            registryCredentials: [{ existingSecret: reg }] # all
`;

describe('pull-secrets-uncovered', () => {
  it('names the registries and how many images come from them', () =>
    check(
      `${policy}
            registryCredentials: [{ existingSecret: reg }]
          ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-uncovered: No Secret here has credentials for r.example.com:5000 (2 images) and s.example.com (1 image): add them to one, or an entry with a Secret that has them
`,
      { codes, workspace: { 's.yaml': secret('reg', 'r.example.com', 'docker.io') } },
    ));
  it('goes by path and port', () =>
    check(
      `${policy}
            registryCredentials: [{ existingSecret: reg }]
          ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-uncovered: No Secret here has credentials for r.example.com:5000 (1 image): add them to one, or an entry with a Secret that has them
`,
      {
        codes,
        workspace: { 's.yaml': secret('reg', 'https://r.example.com:5000/v2/mirror', '*.example.com') },
      },
    ));
  it('is silent when all are covered, also by several', () => {
    check(one, { codes, workspace: { 's.yaml': secret('reg', 'r.example.com:5000', '*.example.com') } });
    check(one.replace('[{', '[{ existingSecret: two }, {'), {
      codes,
      workspace: { 's.yaml': secret('reg', 's.example.com'), 't.yaml': secret('two', 'r.example.com:5000') },
    });
  });
  it('is silent as long as a Secret is not known', () => {
    check(one, { codes, workspace: {} });
    check(one, { codes });
    const sealed = 'kind: SealedSecret\nmetadata: { name: two, namespace: kyverno }\n';
    check(one.replace('[{', '[{ existingSecret: two }, {'), {
      codes,
      workspace: { 's.yaml': secret('reg', 's.example.com'), 't.yaml': sealed },
    });
    check(one.replace('dex, tag', '"{{ .x }}", tag').replace('[{', '"{{ .y }}" #'), {
      codes,
      workspace: { 's.yaml': secret('reg', 'x.example.com') },
    });
  });
  it('hints at an entry that is for no image', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials:
                - existingSecret: hub
                - { existingSecret: reg }
                                  ~ ^^^ pull-secrets-uncovered: Secret "kyverno/reg" has credentials for registry.example.com, but no image of this stack comes from there
      `,
      {
        codes,
        workspace: {
          's.yaml': secret('reg', 'registry.example.com'),
          't.yaml': secret('hub', 'https://index.docker.io/v1/'),
        },
      },
    ));
  it("says nothing of Docker Hub's credentials under a key where no image finds them", () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials:
                - existingSecret: hub
                                ~ ^^^ pull-secrets-secret-invalid: Secret "kyverno/hub" has credentials for Docker Hub under "index.docker.io/v1", where no image finds them: the key must be "https://index.docker.io/v1/"
      `,
      {
        codes: [...codes, 'pull-secrets-secret-invalid'],
        workspace: { 't.yaml': secret('hub', 'https://index.docker.io/v1', 'registry.example.com') },
      },
    ));
  it('goes by the registry policy, too', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          images: { kyverno: { repository: ghcr.io/us/kyverno } }
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials: [{ existingSecret: hub }]
            ~ ^^^^^^^^^^^^^^^^^^^ pull-secrets-uncovered: No Secret here has credentials for ghcr.io (1 image): add them to one, or an entry with a Secret that has them
      `,
      {
        codes,
        registry: { rules: [{ source: '*', target: 'ghcr.io/us' }] },
        workspace: { 't.yaml': secret('hub', 'https://index.docker.io/v1/') },
      },
    ));
});
