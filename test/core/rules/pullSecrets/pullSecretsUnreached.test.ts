import assert from 'node:assert/strict';
import { check, fix, fixTitles, messages } from '../../../support/fixture.ts';

const codes = ['pull-secrets-unreached'];

describe('pull-secrets-unreached', () => {
  it('reports an excluded namespace at its item', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces:
                - argocd
                - deploykf-auth # no policies there
                ~ ^^^^^^^^^^^^^ pull-secrets-unreached: "deploykf-auth" keeps the pull secrets from deploykf-auth, whose Pods pull 2 images from registry.example.com (dex, kubectl)
              registryCredentials: [{ existingSecret: reg, existingSecretNamespace: argocd }]
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: registry.example.com/dexidp/dex }
            kubectl: { repository: registry.example.com/bitnami/kubectl }
      `,
      { codes },
    ));

  it('reports what a wildcard hits once', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces: [argocd, kube-system, "deploykf-*"]
                                                     ~ ^^^^^^^^^^^^ pull-secrets-unreached: "deploykf-*" keeps the pull secrets from deploykf-auth and deploykf-dashboard, whose Pods pull 2 images from registry.example.com and registry.example.com:5000 (dex, dashboard)
              registryCredentials: [{ existingSecret: reg }]
      deploykf_core:
        deploykf_auth: { images: { dex: { repository: registry.example.com/dexidp/dex } } }
        deploykf_dashboard: { images: { dashboard: { repository: "registry.example.com:5000/dashboard" } } }
      `,
      { codes },
    ));

  it("reports Kyverno's own images, and those without a key in the chart", () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
      ~ ^^^^^^^ pull-secrets-unreached: The pull-secret policy never reaches Kyverno's own namespace "kyverno", whose Pods pull 2 images from registry.example.com (kubectl, kyverno): pass a Secret to the chart with "valuesOverrides", it takes none for kubectl
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials: [{ existingSecret: reg }]
          images:
            kyverno: { repository: registry.example.com/kyverno/kyverno }
            kubectl: { repository: registry.example.com/bitnami/kubectl }
      `,
      { codes },
    ));

  it('says when no value helps', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
      ~ ^^^^^^^ pull-secrets-unreached: The pull-secret policy never reaches Kyverno's own namespace "kyverno", whose Pods pull 1 image from registry.example.com (kubectl): give the nodes credentials, or switch these jobs off
          clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } }
          images: { kubectl: { repository: registry.example.com/bitnami/kubectl } }
      `,
      { codes },
    ));

  it('reports what starts before the policy, by the registry policy', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
      ~ ^^^^^^^^^^^^ pull-secrets-unreached: cert-manager starts before the pull-secret policy exists, and pulls 1 image from r.corp (certManagerController): pass a Secret to the chart with "valuesOverrides"
          images:
            certManagerController: { repository: r.corp/jetstack/cert-manager-controller }
        istio:
      ~ ^^^^^ pull-secrets-unreached: Istio starts before the pull-secret policy exists, and pulls 1 image from r.corp (istioPilot): pass a Secret to the chart with "valuesOverrides"
          images:
            istioPilot: { repository: r.corp/istio/pilot }
            istioProxy: { repository: r.corp/istio/proxyv2 }
      `,
      { codes, registry: { rules: [{ source: '*', target: 'r.corp' }] } },
    ));

  it('takes only the registries that need credentials, where they are named', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
      ~ ^^^^^^^^^^^^ pull-secrets-unreached: cert-manager starts before the pull-secret policy exists, and pulls 1 image from shut.corp (certManagerWebhook): pass a Secret to the chart with "valuesOverrides"
          images:
            certManagerController: { repository: open.corp/jetstack/cert-manager-controller }
            certManagerWebhook: { repository: shut.corp/jetstack/cert-manager-webhook }
      `,
      { codes, registry: { private: ['open.corp', 'shut.corp'], credentials: ['shut.corp'] } },
    ));

  it('is silent where valuesOverrides hand over a Secret, also as a text', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
          valuesOverrides: { cert-manager: { global: { imagePullSecrets: [{ name: reg }] } } }
          images: { certManagerController: { repository: r.corp/jetstack/cert-manager-controller } }
        istio:
          valuesOverrides: "global: { imagePullSecrets: [reg] }"
          images: { istioPilot: { repository: r.corp/istio/pilot } }
      `,
      { codes },
    ));

  it('says what is missing from a text, and what a template may fill in, without a fix', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
          valuesOverrides: "global: {}"
          images: { certManagerController: { repository: r.corp/jetstack/cert-manager-controller } }
      `,
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
          valuesOverrides: "global: {}"
          images: { certManagerController: { repository: r.corp/jetstack/cert-manager-controller } }
      `,
      { codes },
    ));

  it('is one note where a template fills in the overrides', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        istio:
          valuesOverrides: "global: {{< .Values.x >}}"
        ~ ^^^^^^^^^^^^^^^ pull-secrets-unreached: Istio: a template fills in "valuesOverrides", so that it is not known whether its chart gets a pull secret for 1 image from r.corp (istioPilot)
          images: { istioPilot: { repository: r.corp/istio/pilot } }
      `,
      { codes },
    ));

  it('is silent without a policy, without private images, for templates and disabled components', () => {
    const on = '{ enabled: true, registryCredentials: [{ existingSecret: reg }] }';
    const text = (block: string, image: string, enabled = true): string =>
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: ${block} } }
        cert_manager: { enabled: ${String(enabled)}, images: { certManagerController: { repository: "${image}" } } }
      `;
    check(text('{ enabled: false, registryCredentials: [{ existingSecret: reg }] }', 'r.corp/a'), { codes });
    check(text(on, 'quay.io/jetstack/cert-manager-controller'), { codes });
    check(text('{ enabled: "{{ .Values.on }}", registryCredentials: [{ existingSecret: a }] }', 'r.corp/a'), {
      codes,
    });
    check(text(on, 'r.corp/a', false).replace('enabled: false', 'enabled: ""'), { codes });
    check(text(on, 'r.corp/a'), { codes, release: '0.1.2' });
    check(`${text(on, 'r.corp/a').trimEnd()}\n        broken: [\n`, { codes });
  });

  it('tells of values in an Application at their place', () =>
    check(
      `
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata: { name: deploykf }
      spec:
        source:
          plugin:
            name: deploykf
            parameters:
              - { name: source_version, string: "0.1.5" }
              - name: values
                string: |
                  deploykf_dependencies:
                    kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
                    istio:
                  ~ ^^^^^ pull-secrets-unreached: Istio starts before the pull-secret policy exists, and pulls 1 image from r.corp (istioPilot): pass a Secret to the chart with "valuesOverrides"
                      images: { istioPilot: { repository: r.corp/istio/pilot } }
      `,
      { codes, discover: true },
    ));

  const early = `
    # all of it
    deploykf_dependencies:
      kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
      cert_manager:
        images: # ours
          certManagerController: { repository: r.corp/jetstack/cert-manager-controller }
          trustManager: { repository: r.corp/jetstack/trust-manager }
    `;

  it('hands a Secret to the chart', () =>
    fix(
      early,
      `
    # all of it
    deploykf_dependencies:
      kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
      cert_manager:
        images: # ours
          certManagerController: { repository: r.corp/jetstack/cert-manager-controller }
          trustManager: { repository: r.corp/jetstack/trust-manager }
        valuesOverrides:
          cert-manager:
            global:
              imagePullSecrets:
                - name: reg
          trust-manager:
            imagePullSecrets:
              - name: reg
    `,
      { codes, title: /^Pass Secret "reg"/ },
    ));

  const excluded = `
    deploykf_dependencies:
      kyverno:
        clusterPolicies:
          imagePullSecrets:
            enabled: true
            excludeNamespaces:
              - argocd
              - deploykf-auth # why
              - kube-system
            registryCredentials: [{ existingSecret: reg }]
    deploykf_core: { deploykf_auth: { images: { dex: { repository: r.corp/dex } } } }
    `;

  it('removes the item that excludes', () =>
    fix(excluded, excluded.replace('              - deploykf-auth # why\n', ''), {
      codes,
      title: /^Remove/,
    }));

  it('offers both where both help, and never removes a wildcard', () => {
    assert.deepEqual(fixTitles(excluded, { codes }), [
      'Remove deploykf-auth from the list',
      'Pass Secret "reg" to the charts with valuesOverrides (it must be in namespace deploykf-auth before the sync)',
    ]);
    assert.deepEqual(fixTitles(excluded.replace('deploykf-auth', '"*-auth"'), { codes }), [
      'Pass Secret "reg" to the charts with valuesOverrides (it must be in namespace deploykf-auth before the sync)',
    ]);
  });

  it('offers nothing that would write into a shared anchor', () =>
    assert.deepEqual(
      fixTitles(
        `
        deploykf_dependencies:
          kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
          cert_manager: &shared
            images: { certManagerController: { repository: r.corp/a } }
        other: *shared
        `,
        { codes },
      ),
      [],
    ));

  it('hands over the Secret that covers the images', () => {
    const secret = (name: string, host: string): string =>
      `kind: Secret\nmetadata: { name: ${name}, namespace: argocd }\ntype: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: '{"auths": {"${host}": {"username": "u", "password": "p"}}}' }\n`;
    const options = {
      codes,
      workspace: { 'a.yaml': secret('hub', 'hub.corp'), 'b.yaml': secret('vault', 'r.corp') },
    };
    const entry = (name: string): string => `{ existingSecret: ${name}, existingSecretNamespace: argocd }`;
    const two = (text: string): string =>
      text.replace('[{ existingSecret: reg }]', `[${entry('hub')}, ${entry('vault')}]`);
    const rest = 'to the charts with valuesOverrides (';
    assert.deepEqual(fixTitles(two(early), options), [
      `Pass Secret "vault" ${rest}it must be in namespace cert-manager before the sync)`,
    ]);
    assert.deepEqual(
      fixTitles(two(early.replace('r.corp/jetstack/trust', 'hub.corp/jetstack/trust')), options),
      [`Pass Secrets "vault" and "hub" ${rest}they must be in namespace cert-manager before the sync)`],
    );
  });

  it('hands over all Secrets where it is not known which one is right', () => {
    const overrides = (text: string): string => `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              registryCredentials: [{ existingSecret: hub, existingSecretNamespace: kyverno }, { existingSecret: mine, existingSecretNamespace: kyverno }]
          images: { kyverno: { repository: r.example.com/kyverno } }
          valuesOverrides:
            kyverno:
              admissionController:
                container:
                  imagePullSecrets:${text}
      `;
    const registry = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };
    const options = { codes: ['pull-secrets-unreached'], registry, title: /^Pass Secrets/ };
    fix(overrides(' []'), overrides(' [{name: hub}, {name: mine}]'), options);
  });

  it('names all namespaces where the Secret must be', () => {
    const text = `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces: [argocd, kube-system, deploykf-auth, deploykf-dashboard]
              registryCredentials: [{ existingSecret: reg }]
        istio: { images: { istioProxy: { repository: r.corp/istio/proxyv2 } } }
      `;
    const where = 'it must be in namespaces deploykf-auth and deploykf-dashboard before the sync';
    assert.deepEqual(
      fixTitles(text, { codes }).filter(title => title.startsWith('Pass')),
      [
        `Pass Secret "reg" to the charts with valuesOverrides (${where})`,
        `Pass Secret "reg" to the charts with valuesOverrides (${where.replace('deploykf-auth and deploykf-dashboard', 'deploykf-dashboard and deploykf-auth')})`,
      ],
    );
  });

  it('does not remove an item where the Pods start before the policy', () => {
    const text = `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
              excludeNamespaces: [argocd, kube-system, istio-system]
              registryCredentials: [{ existingSecret: reg }]
        istio: { images: { istioPilot: { repository: r.corp/istio/pilot } } }
      `;
    assert.deepEqual(fixTitles(text, { codes }), [
      'Pass Secret "reg" to the charts with valuesOverrides (it must be in namespace istio-system before the sync)',
    ]);
  });

  it('switches off the jobs whose chart takes no Secret', () =>
    fix(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } }
          images: { kubectl: { repository: registry.example.com/bitnami/kubectl } }
      `,
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } }
          images: { kubectl: { repository: registry.example.com/bitnami/kubectl } }
          valuesOverrides:
            kyverno:
              cleanupJobs:
                admissionReports:
                  enabled: false
                clusterAdmissionReports:
                  enabled: false
      `,
      { codes, title: /^Switch off the jobs that pull kubectl/ },
    ));

  it('hands a Secret over in place of an empty list', () => {
    const text = (list: string): string => `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
          valuesOverrides:
            cert-manager:
              global:
                imagePullSecrets: ${list}
          images: { certManagerController: { repository: r.corp/jetstack/cert-manager-controller } }
      `;
    fix(text('[] # none'), text('[{name: reg}] # none'), { codes, title: /^Pass Secret "reg"/ });
  });

  it('hands it over where the empty list of a parent would win', () => {
    const text = (list: string): string => `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
          valuesOverrides:
            global: { imagePullSecrets: ${list} }
            cert-manager: { global: { imagePullSecrets: [{ name: reg }] } }
          images: { certManagerController: { repository: r.corp/jetstack/cert-manager-controller } }
      `;
    fix(text('[]'), text('[{name: reg}]'), { codes, title: /^Pass Secret "reg"/ });
    assert.deepEqual(messages(text('[]'), { codes }), [
      'cert-manager starts before the pull-secret policy exists, and pulls 1 image from r.corp (certManagerController): name the Secret in "global.imagePullSecrets" of "valuesOverrides", which takes the place of "cert-manager.global.imagePullSecrets"',
    ]);
  });

  it('takes a list that names nobody for none', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        cert_manager:
          valuesOverrides: { cert-manager: { global: { imagePullSecrets: [~, { name: "" }] } } }
        ~ ^^^^^^^^^^^^^^^ pull-secrets-unreached: cert-manager starts before the pull-secret policy exists, and pulls 1 image from r.corp (certManagerController): pass a Secret to the chart with "valuesOverrides"
          images: { certManagerController: { repository: r.corp/jetstack/cert-manager-controller } }
      `,
      { codes },
    ));

  it('leaves a Secret in the wrong form to its own rule', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] } } }
        istio:
          valuesOverrides: { istio-daemon: { global: { imagePullSecrets: [{ name: reg }] } } }
                                                                        ~ ^^^^^^^^^^^^^ pull-secrets-type: istio-daemon.global.imagePullSecrets: an item must be the name of a Secret, not a map: no Secret has the name that the chart makes of it
          images: { istioPilot: { repository: r.corp/istio/pilot } }
      `,
      { codes: [...codes, 'pull-secrets-type'] },
    ));

  it('leaves overrides that are neither a map nor a text with one to their own rules', () => {
    for (const overrides of ['5', '[a]', '"kyverno: [imagePullSecrets"', '"a text"'])
      assert.deepEqual(
        messages(
          `
          deploykf_dependencies:
            kyverno:
              images: { kyverno: { repository: r.example.com/kyverno } }
              valuesOverrides: ${overrides}
              clusterPolicies:
                imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
          `,
          { codes: ['pull-secrets-unreached'] },
        ),
        [],
        overrides,
      );
  });

  it('counts the global pull secrets that newer charts of Kyverno fall back to', () => {
    const found = (version: string, overrides: string): number =>
      messages(
        `
        deploykf_dependencies:
          kyverno:
            charts: { kyverno: { version: ${version} } }
            images: { kyvernoReportsController: { repository: r.example.com/reports-controller } }
            valuesOverrides: ${overrides}
            clusterPolicies:
              imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
        `,
        { codes },
      ).length;
    const global = 'global: { imagePullSecrets: [{ name: reg }] }';
    for (const overrides of [`{ ${global} }`, `{ kyverno: { ${global} } }`]) {
      assert.deepEqual(
        ['3.0.1', '3.2.6', '3.3.0', '3.9.0'].map(version => found(version, overrides)),
        [1, 1, 0, 0],
      );
    }
    const own = 'reportsController: { imagePullSecrets: [] }';
    assert.equal(found('3.3.0', `{ kyverno: { ${own}, ${global} } }`), 0);
    assert.equal(found('3.3.0', `{ kyverno: { ${own} } }`), 1);
  });
});
