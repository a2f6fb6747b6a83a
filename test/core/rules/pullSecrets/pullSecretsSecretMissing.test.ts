import { check } from '../../../support/fixture.ts';

const codes = ['pull-secrets-secret-missing'];
const secret = `
kind: Secret
metadata: { name: reg, namespace: argocd }
type: kubernetes.io/dockerconfigjson
data: { .dockerconfigjson: e30= }
`;

/** A stack with one entry, `place` of the name in the expected message. */
function entry(message = '', extra = ''): string {
  const lines = [
    '~ file: values.yaml',
    'deploykf_dependencies:',
    '  kyverno:',
    ...(extra === '' ? [] : [`    extraManifests: ${extra}`]),
    '    clusterPolicies:',
    '      imagePullSecrets:',
    '        enabled: true',
    '        registryCredentials:',
    '          - existingSecret: reg # mine',
    ...(message === '' ? [] : [`                          ~ ^^^ pull-secrets-secret-missing: ${message}`]),
    '            existingSecretNamespace: argocd',
    '',
  ];
  return lines.slice(1).join('\n');
}

const missing =
  'Secret "argocd/reg" is not in any extraManifests or YAML file here: create it before the sync';

describe('pull-secrets-secret-missing', () => {
  it('tells what has to be made', () => check(entry(missing), { codes, workspace: {} }));
  it('tells what a chart is given and nothing makes, in namespaces that the policy does not reach in time', () => {
    const given = (policy: readonly string[], message = ''): string =>
      [
        'deploykf_dependencies:',
        ...policy,
        '  istio:',
        '    valuesOverrides:',
        '      global:',
        '        imagePullSecrets: [reg]',
        ...(message === ''
          ? []
          : [`                        ~ ^^^^^ pull-secrets-secret-missing: ${message}`]),
        '',
      ].join('\n');
    const isNowhere = 'which a chart is given, is not in any extraManifests or YAML file here';
    const all = 'istio-system';
    const policy = [
      '  kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg, existingSecretNamespace: argocd }] } } }',
    ];
    check(given(policy, `Secret "${all}/reg", ${isNowhere}: create it before the sync`), {
      codes,
      workspace: { 'a.yaml': secret },
    });
    check(given(policy), { codes, workspace: { 'a.yaml': secret, 'b.yaml': secret.replace('argocd', all) } });
  });
  it('tells of what a parent hands over alone, since it takes the place of what its dependency has', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg, existingSecretNamespace: argocd }] } } }
        istio: { valuesOverrides: { global: { imagePullSecrets: [reg] }, istio-daemon: { global: { imagePullSecrets: [other] } } } }
                                                              ~ ^^^^^ pull-secrets-secret-missing: Secret "istio-system/reg", which a chart is given, is not in any extraManifests or YAML file here: create it before the sync
      `,
      { codes, workspace: { 'a.yaml': secret } },
    ));
  it('is not content with another Secret, or one in a comment', () =>
    check(entry(missing), {
      codes,
      workspace: { 'a.yaml': secret.replace('reg', 'other'), 'b.yaml': secret.replace(/^/gm, '# ') },
    }));
  it('finds it in a YAML file, sealed and external ones too', () => {
    check(entry(), { codes, workspace: { 'a.yaml': secret } });
    check(entry(), {
      codes,
      workspace: { 'a.yaml': 'kind: SealedSecret\nmetadata: {name: reg, namespace: argocd}\n' },
    });
    check(entry(), {
      codes,
      workspace: {
        'a.yaml':
          'kind: ExternalSecret\nmetadata: {name: x, namespace: argocd}\nspec: {target: {name: reg}}\n',
      },
    });
    check(entry(), {
      codes,
      workspace: { 'a.yaml': secret.replace(', namespace: argocd', '').replaceAll('\n', '\r\n') },
    });
  });
  it('finds it in extraManifests, as a string or a map', () => {
    check(entry('', '["{kind: Secret, metadata: {name: reg, namespace: argocd}}"]'), {
      codes,
      workspace: {},
    });
    check(entry('', '[{kind: Secret, metadata: {name: reg, namespace: argocd}}]'), { codes, workspace: {} });
  });
  it('warns of one in another namespace', () =>
    check(
      entry(
        'Secret "argocd/reg" is not here, but one with this name is in namespace "kyverno": name that namespace, or create the Secret in "argocd"',
        '["{kind: Secret, metadata: {name: reg}}"]',
      ),
      { codes, workspace: {} },
    ));
  it('warns of a list that is replaced', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          extraManifests:
            - |
              kind: Secret
              metadata: { name: reg }
          clusterPolicies:
            imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
                                                                                     ~ ^^^ pull-secrets-secret-missing: Secret "kyverno/reg" is in the extraManifests of base.yaml, but the list of prod.yaml replaces them: repeat it there
      ~ file: prod.yaml
      deploykf_dependencies:
        kyverno:
          extraManifests: []
      `,
      { codes, workspace: {} },
    ));
  it('warns of one that comes with a disabled component', () => {
    const component = (enabled: boolean): string =>
      `deploykf_core:\n  deploykf_auth:\n    enabled: ${enabled}\n    extraManifests: ["{kind: Secret, metadata: {name: reg, namespace: argocd}}"]\n`;
    check(
      `${component(false)}${entry('Secret "argocd/reg" is in the extraManifests of deploykf_core.deploykf_auth, which is disabled, so it is not deployed: set deploykf_core.deploykf_auth.enabled to true, or move it to a component that is enabled')}`,
      { codes, workspace: {} },
    );
    check(`${component(true)}${entry()}`, { codes, workspace: {} });
    check(`${component(false)}${entry()}`, { codes, workspace: { 'a.yaml': secret } });
  });
  it('finds one that says nothing of Docker', () =>
    check(entry(), {
      codes,
      workspace: {
        'a.yaml': 'kind: Secret\nmetadata: {name: reg, namespace: argocd}\nstringData: {username: u}\n',
      },
    }));
  it('is told in the values of an Application', () =>
    check(
      `
      ~ file: app.yaml
      kind: Application
      metadata: { name: app }
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: 0.1.5 }
              - name: values
                string: |
                  deploykf_dependencies:
                    kyverno:
                      clusterPolicies:
                        imagePullSecrets:
                          enabled: true
                          registryCredentials: [{ existingSecret: reg, existingSecretNamespace: argocd }]
                                                                ~ ^^^ pull-secrets-secret-missing: ${missing}
      `,
      { codes, workspace: {}, discover: true },
    ));
  it('stays silent where nobody looked, and where a template may make it', () => {
    check(entry(), { codes });
    check(entry('', '["{{< .Values.secrets >}}"]'), { codes, workspace: {} });
    check(entry(), { codes, workspace: { 'a.yaml': secret.replace('reg', '"{{ .Values.name }}"') } });
  });
  it('stays silent where there is no policy, and on templates and illegal names', () => {
    const off = entry().replace('enabled: true', 'enabled: false');
    check(off, { codes, workspace: {} });
    check(entry().replace('reg #', '"{{ .x }}" #'), { codes, workspace: {} });
    check(entry().replace('reg #', 'Reg #'), { codes, workspace: {} });
    check(entry(), { codes, workspace: {}, release: '0.1.2' });
    check(entry().replace('kyverno:\n', 'kyverno:\n    enabled: false\n'), { codes, workspace: {} });
  });
});
