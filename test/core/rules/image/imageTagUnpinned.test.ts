import assert from 'node:assert/strict';
import { check, fix, fixTitles, messages } from '../../../support/fixture.ts';

const codes = ['image-tag-unpinned'];
const registry = { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] };
const options = { codes, registry };

describe('image-tag-unpinned', () => {
  it('shows the tag that the mirror must hold', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          charts: { istioDaemon: { version: 1.18.2 } }
          images:
            istioProxy:
              repository: registry.example.com/docker.io/istio/proxyv2
                        ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-tag-unpinned: deploykf_dependencies.istio: no tag is set for 2 images, so that the mirror must hold exactly istioProxy "1.18.2-distroless", istioPilot "1.18.2-distroless"
            istioPilot: { repository: registry.example.com/docker.io/istio/pilot, tag: ~ }
      `,
      options,
    ));

  it('says when the tag cannot be known, and offers nothing', () => {
    const text = `
      deploykf_dependencies:
        kyverno:
          charts: { kyverno: { version: 3.99.0 } }
          images:
            kyverno: { repository: registry.example.com/ghcr.io/kyverno/kyverno }
                                 ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-tag-unpinned: kyverno has no tag, and the one for charts.kyverno.version "3.99.0" is not known: look it up and set it
      `;
    check(text, options);
    assert.deepEqual(fixTitles(text, options), []);
  });

  it('offers no tag that is made of a number which is not read as it is written', () => {
    const text = (tag: string): string => `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno: { repository: registry.example.com/ghcr.io/kyverno/kyverno, tag: ${tag} }
            kyvernoInit: { repository: registry.example.com/ghcr.io/kyverno/kyvernopre }
    `;
    assert.deepEqual(fixTitles(text('1.10'), options), []);
    assert.deepEqual(fixTitles(text('"1.10"'), options), ['Pin the tag 1.10']);
  });

  it('stays silent for set tags, public images, strings, templates, aliases and components that are off', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: &dex { repository: registry.example.com/ghcr.io/dexidp/dex }
      deploykf_dependencies:
        istio:
          images:
            istioProxy: { repository: registry.example.com/docker.io/istio/proxyv2, tag: 1.17.8 }
            istioPilot: { repository: docker.io/istio/pilot }
        cert_manager:
          images:
            certManagerCtl: { repository: "registry.example.com/{{ path }}" }
            certManagerWebhook: *dex
        kyverno:
          enabled: false
          images:
            kyverno: { repository: registry.example.com/ghcr.io/kyverno/kyverno }
      kubeflow_tools:
        tensorboards: { enabled: true, tensorboardImage: registry.example.com/tensorflow }
      `,
      options,
    ));

  it('stays silent without a policy', () =>
    check(
      '\ndeploykf_dependencies: { istio: { images: { istioProxy: { repository: registry.example.com/proxyv2 } } } }\n',
      { codes },
    ));

  it('leaves a tag that was never published to image-tag-missing', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
          enabled: true
          images:
            kfpApiServer:
              repository: registry.example.com/ghcr.io/deploykf/kubeflow-pipelines/api-server
              tag: ~
            kfpFrontend:
              repository: registry.example.com/gcr.io/ml-pipeline/frontend
                        ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-tag-unpinned: kfpFrontend "2.1.0" is pulled, since no tag is set: the mirror must hold exactly this tag
              tag: ~
      `,
      options,
    ));

  it('says once of several images why their tags are not known', () =>
    assert.deepEqual(
      messages(
        `
        deploykf_dependencies:
          kyverno:
            charts: { kyverno: { version: 3.99.0 } }
            images:
              kyverno: { repository: registry.example.com/kyverno }
              kyvernoInit: { repository: registry.example.com/kyvernopre }
              kubectl: { repository: registry.example.com/kubectl, tag: v1 }
        `,
        options,
      ),
      [
        'deploykf_dependencies.kyverno: no tag is set for 2 images (kyverno, kyvernoInit), and those for charts.kyverno.version "3.99.0" are not known: look them up and set them',
      ],
    ));

  it('pins the tag beside the repository, with CRLF and comments', () =>
    fix(
      'deploykf_dependencies:\r\n  istio:\r\n    images:\r\n      istioProxy:\r\n        repository: "registry.example.com/docker.io/istio/proxyv2" # ours\r\n',
      'deploykf_dependencies:\r\n  istio:\r\n    images:\r\n      istioProxy:\r\n        repository: "registry.example.com/docker.io/istio/proxyv2" # ours\r\n        tag: 1.17.8-distroless\r\n',
      { ...options, title: /^Pin/ },
    ));

  it('pins in the stronger layer that says that there is no tag, quoted where needed', () =>
    fix(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        cert_manager:
          images:
            trustManagerDefaultPackage:
              repository: registry.example.com/quay.io/jetstack/cert-manager-package-debian
      ~ file: prod.yaml
      deploykf_dependencies:
        cert_manager:
          images:
            trustManagerDefaultPackage: { tag: null, pullPolicy: Always }
      `,
      `
      deploykf_dependencies:
        cert_manager:
          images:
            trustManagerDefaultPackage: { tag: "20210119.0", pullPolicy: Always }
      `,
      { ...options, title: /^Pin/ },
    ));
});
