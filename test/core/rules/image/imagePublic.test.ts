import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['image-public'];
const registry = {
  rules: [
    { source: '*', target: 'registry.example.com/{registry}/{path}' },
    { source: 'gcr.io', target: null },
  ],
};
const options = { codes, registry };

describe('image-public', () => {
  it('names the target, at the repository that wins', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        istio:
          images:
            istioProxy:
              repository: docker.io/istio/proxyv2
            istioPilot:
              repository: docker.io/istio/pilot # ours
                        ~ ^^^^^^^^^^^^^^^^^^^^^ image-public: "docker.io/istio/pilot" is public, the registry policy maps it to "registry.example.com/docker.io/istio/pilot"
      ~ file: prod.yaml
      deploykf_dependencies:
        istio:
          images:
            istioProxy: { repository: istio/proxyv2, tag: 1.17.8 }
                                    ~ ^^^^^^^^^^^^^ image-public: "istio/proxyv2" is public, the registry policy maps it to "registry.example.com/docker.io/istio/proxyv2"
      `,
      options,
    ));

  it('reports strings and items of lists', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2:
            driverImage: "quay.io/team/driver:1"
                       ~ ^^^^^^^^^^^^^^^^^^^^^^^ image-public: "quay.io/team/driver" is public, the registry policy maps it to "registry.example.com/quay.io/team/driver"
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              options:
                - kubeflownotebookswg/jupyter-scipy:v1.8.0
                ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-public: "kubeflownotebookswg/jupyter-scipy" is public, the registry policy maps it to "registry.example.com/docker.io/kubeflownotebookswg/jupyter-scipy"
                - registry.example.com/scipy:v1
      `,
      options,
    ));

  it('says what an empty repository keeps', () =>
    check(
      `
      kubeflow_tools:
        katib:
          enabled: true
          images:
            katibUi: { repository: "" }
                                 ~ ^^ image-public: "" keeps the public "docker.io/kubeflowkatib/katib-ui", the registry policy maps it to "registry.example.com/docker.io/kubeflowkatib/katib-ui"
      `,
      options,
    ));

  it('says why a target cannot be written, and offers nothing', () => {
    const text = `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              repository: ghcr.io/dexidp/dex
                        ~ ^^^^^^^^^^^^^^^^^^ image-public: "ghcr.io/dexidp/dex" is public, but the registry policy cannot map it: "docker.io/acme/dexidp/dex" would be mapped again: list it as private or change the rule
      `;
    const policy = {
      rules: [
        { source: 'ghcr.io', target: 'docker.io/acme' },
        { source: 'docker.io/acme/dexidp', target: 'registry.example.com' },
      ],
    };
    check(text, { codes, registry: policy });
    assert.deepEqual(fixTitles(text, { codes, registry: policy }), []);
  });

  it('stays silent for private, accepted, unmapped, illegal and templated images', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: registry.example.com/ghcr.io/dexidp/dex }
            oauth2Proxy: { repository: gcr.io/oauth2-proxy/oauth2-proxy }
            kubectl: { repository: "{{ .registry }}/kubectl" }
        deploykf_dashboard:
          images:
            dashboard: { repository: "docker.io/Deploykf/dashboard" }
      `,
      options,
    ));

  it('rewrites a repository whose tag another tool fills in', () =>
    fix(
      `
      deploykf_dependencies:
        istio:
          images:
            istioProxy: { repository: docker.io/istio/proxyv2, tag: "{{ .tag }}" }
            istioPilot: { repository: "{{ .registry }}/pilot", tag: "1.17.3" }
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2:
            driverImage: ghcr.io/deploykf/kubeflow-pipelines/kfp-driver:\${TAG}
            launcherImage: \${REGISTRY}/kfp-launcher:2.1.0
      `,
      `
      deploykf_dependencies:
        istio:
          images:
            istioProxy: { repository: registry.example.com/docker.io/istio/proxyv2, tag: "{{ .tag }}" }
            istioPilot: { repository: "{{ .registry }}/pilot", tag: "1.17.3" }
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2:
            driverImage: registry.example.com/ghcr.io/deploykf/kubeflow-pipelines/kfp-driver:\${TAG}
            launcherImage: \${REGISTRY}/kfp-launcher:2.1.0
      `,
      options,
    ));

  it('stays silent without a policy and for a component that is off', () => {
    check('\ndeploykf_core: { deploykf_auth: { images: { dex: { repository: ghcr.io/dexidp/dex } } } }\n', {
      codes,
    });
    check(
      '\nkubeflow_tools: { katib: { enabled: false, images: { katibUi: { repository: kubeflowkatib/katib-ui } } } }\n',
      options,
    );
  });

  it('reports the anchor with a fix, its alias with a choice, and nothing below an aliased map', () => {
    const text = `
      deploykf_core:
        deploykf_auth:
          images:
            kubectl: &kubectl
              repository: &repository docker.io/bitnami/kubectl
                                    ~ ^^^^^^^^^^^^^^^^^^^^^^^^^ image-public: "docker.io/bitnami/kubectl" is public, the registry policy maps docker.io/bitnamilegacy/kubectl to "registry.example.com/docker.io/bitnamilegacy/kubectl"
      deploykf_opt:
        deploykf_minio:
          enabled: true
          images:
            kubectl: *kubectl
            minio:
              repository: *repository
                        ~ ^^^^^^^^^^^ image-public: "docker.io/bitnami/kubectl" is public, the registry policy maps it to "registry.example.com/docker.io/bitnami/kubectl"
            shell:
              <<: *kubectl
      `;
    check(text, options);
    // The shell is not to have what kubectl gets, so that the anchor stays.
    assert.deepEqual(fixTitles(text, options), [
      'Replace *repository with registry.example.com/docker.io/bitnami/kubectl',
    ]);
    assert.deepEqual(
      fixTitles(text.replace('<<: *kubectl', 'tag: x').replace('*repository', 'x/y'), options),
      [
        'Rewrite to registry.example.com/docker.io/bitnamilegacy/kubectl',
        'Rewrite to registry.example.com/docker.io/x/y',
      ],
    );
  });

  it('edits an anchor that is right for all that use it', () =>
    fix(
      `
      x-driver: &driver ghcr.io/x/driver:1 # ours
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2: { driverImage: *driver, launcherImage: *driver }
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image: { value: &first ghcr.io/x/jupyter:1, options: [ *first , ghcr.io/x/jupyter:2 ] }
      `,
      `
      x-driver: &driver registry.example.com/ghcr.io/x/driver:1 # ours
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2: { driverImage: *driver, launcherImage: *driver }
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image: { value: &first registry.example.com/ghcr.io/x/jupyter:1, options: [ *first , registry.example.com/ghcr.io/x/jupyter:2 ] }
      `,
      options,
    ));

  it('replaces an alias where its anchor is used for something else, and leaves a name for two texts alone', () =>
    fix(
      `
      x-text: &text ghcr.io/x/driver:1
      x-twice: &twice ghcr.io/x/one:1
      kubeflow_tools:
        pipelines:
          enabled: true
          bucket: { name: *text }
          kfpV2: { driverImage: *text , launcherImage: *twice }
        notebooks:
          enabled: true
          spawnerFormDefaults: { image: { options: [ *twice , &twice ghcr.io/x/two:1 ] } }
      `,
      `
      x-text: &text ghcr.io/x/driver:1
      x-twice: &twice ghcr.io/x/one:1
      kubeflow_tools:
        pipelines:
          enabled: true
          bucket: { name: *text }
          kfpV2: { driverImage: registry.example.com/ghcr.io/x/driver:1 , launcherImage: *twice }
        notebooks:
          enabled: true
          spawnerFormDefaults: { image: { options: [ *twice , &twice ghcr.io/x/two:1 ] } }
      `,
      options,
    ));

  it('goes straight to the target of what is left of a repository that is gone', () => {
    fix(
      `
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: 'bitnami/kubectl' } } } }
      deploykf_opt: { deploykf_minio: { enabled: true, images: { minio: { repository: bitnami/minio, tag: "1" } } } }
      `,
      `
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: 'registry.example.com/docker.io/bitnamilegacy/kubectl' } } } }
      deploykf_opt: { deploykf_minio: { enabled: true, images: { minio: { repository: registry.example.com/docker.io/bitnami/minio, tag: "1" } } } }
      `,
      options,
    );
    const renamed = { images: { 'docker.io/bitnami/kubectl': 'registry.example.com/ours/kubectl' } };
    fix(
      '\ndeploykf_core: { deploykf_auth: { images: { kubectl: { repository: bitnami/kubectl } } } }\n',
      '\ndeploykf_core: { deploykf_auth: { images: { kubectl: { repository: registry.example.com/ours/kubectl } } } }\n',
      { codes, registry: { rules: [{ source: 'docker.io', target: 'registry.example.com', ...renamed }] } },
    );
  });

  it('never carries a digest to another repository', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const text = `deploykf_dependencies: { kyverno: { enabled: false } }\ndeploykf_core: { deploykf_auth: { images: { kubectl: { repository: bitnami/kubectl, tag: "1.26.15-debian-12-r4@${digest}" } } } }\n`;
    fix(text, text.replace('bitnami/', 'registry.example.com/docker.io/bitnami/'), options);
    assert.deepEqual(fixTitles(text, { ...options, codes: ['image-retired'] }), []);
  });

  it('rewrites in place, in every style', () =>
    fix(
      `
      deploykf_core: # of us
        deploykf_auth: {images: {dex: {repository: ghcr.io/dexidp/dex , tag: ~}}} # inline
        deploykf_dashboard:
          images:
            dashboard: {"repository": 'ghcr.io/deploykf/dashboard'}
            profileController:
              repository: &pc   "kubeflownotebookswg/profile-controller"   # spaced
            kfamApi:
              repository: >-
                docker.io/kubeflownotebookswg/kfam
              tag: v1
      deploykf_dependencies:
        cert_manager:
          images:
            certManagerCtl:
              repository: "quay.io/jetstack\\x2Fcert-manager-ctl"
      `,
      `
      deploykf_core: # of us
        deploykf_auth: {images: {dex: {repository: registry.example.com/ghcr.io/dexidp/dex , tag: ~}}} # inline
        deploykf_dashboard:
          images:
            dashboard: {"repository": 'registry.example.com/ghcr.io/deploykf/dashboard'}
            profileController:
              repository: &pc   "registry.example.com/docker.io/kubeflownotebookswg/profile-controller"   # spaced
            kfamApi:
              repository: registry.example.com/docker.io/kubeflownotebookswg/kfam
              tag: v1
      deploykf_dependencies:
        cert_manager:
          images:
            certManagerCtl:
              repository: "registry.example.com/quay.io/jetstack/cert-manager-ctl"
      `,
      options,
    ));

  it('touches only the repository of strings and items, with CRLF', () =>
    fix(
      [
        'kubeflow_tools:',
        '  pipelines:',
        '    enabled: true',
        '    cache: { image: "quay.io/x/busybox:1.27@sha256:' + 'a'.repeat(64) + '" }',
        '  notebooks:',
        '    enabled: true',
        '    spawnerFormDefaults:',
        '      image:',
        '        options: [ scipy , quay.io/x/y:1,',
        "          'quay.io:443/x/y:1' ] # all",
        '',
      ].join('\r\n'),
      [
        'kubeflow_tools:',
        '  pipelines:',
        '    enabled: true',
        '    cache: { image: "registry.example.com/quay.io/x/busybox:1.27@sha256:' + 'a'.repeat(64) + '" }',
        '  notebooks:',
        '    enabled: true',
        '    spawnerFormDefaults:',
        '      image:',
        '        options: [ registry.example.com/docker.io/library/scipy , registry.example.com/quay.io/x/y:1,',
        "          'registry.example.com/quay.io-443/x/y:1' ] # all",
        '',
      ].join('\r\n'),
      options,
    ));

  it('keeps a folded text whose comment would be lost', () =>
    assert.deepEqual(
      fixTitles(
        '\ndeploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: >- # why\n          ghcr.io/dexidp/dex\n',
        options,
      ),
      [],
    ));

  it('reports an anchor below a key of one’s own once, for all that use it', () =>
    check(
      `
      x: &r { repository: docker.io/kubeflowkatib/katib-ui, tag: 1.10 }
                        ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-public: "docker.io/kubeflowkatib/katib-ui" is public, the registry policy maps it to "r.example.com/docker.io/kubeflowkatib/katib-ui"
                                                               ~ ^^^^ image-tag-type: YAML reads this tag as the number 1.1, deployKF pulls "katib-ui:1.1": quote it
      kubeflow_tools:
        katib:
          enabled: true
          images:
            katibUi: *r
            katibDbManager:
              <<: *r
      `,
      {
        codes: ['image-public', 'image-tag-type'],
        registry: { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] },
      },
    ));
});
