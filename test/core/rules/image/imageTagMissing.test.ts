import assert from 'node:assert/strict';
import { check, fix, fixTitles, messages } from '../../../support/fixture.ts';

const codes = ['image-tag-missing'];
const registry = { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] };

describe('image-tag-missing', () => {
  it('says what is rendered for null and ""', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              tag: ~
                 ~ ^ image-tag-missing: "dex:nil" will be pulled: the chart of 0.1.5 has no default for this tag, remove the line or set one
            oauth2Proxy: { repository: registry.example.com/oauth2, tag: "" }
                                                                       ~ ^^ image-tag-missing: "oauth2:" will be deployed, which is not a valid image: the chart of 0.1.5 has no default for this tag, remove the line or set one
            kubectl:
              tag:
            ~ ^^^ image-tag-missing: "kubectl:nil" will be pulled: the chart of 0.1.5 has no default for this tag, remove the line or set one
      `,
      { codes },
    ));

  it('reports a fallback that was never published, also behind the mirror, but not for other repositories', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
          enabled: true
          images:
            kfpApiServer: { tag: ~ }
                               ~ ^ image-tag-missing: "api-server:2.1.0" will be pulled, which was never published: remove the line or set one
            kfpFrontend: { repository: registry.example.com/ghcr.io/deploykf/kubeflow-pipelines/frontend, tag: "" }
                                                                                                             ~ ^^ image-tag-missing: "frontend:2.1.0" will be pulled, which was never published: remove the line or set one
            kfpCacheServer: { repository: registry.example.com/gcr.io/ml-pipeline/cache-server, tag: "" }
            kfpMetadataEnvoy: { repository: other.example.com/metadata-envoy, tag: "" }
      `,
      { codes, registry },
    ));

  it('reports image strings, but not those that may be empty or have a fallback', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
          enabled: true
          cache: { image: "" }
                        ~ ^^ image-tag-missing: An empty image will be deployed: the kustomization of 0.1.5 has no default for this image, remove the line or set one
          kfpV2:
            driverImage: ""
            launcherImage: ~
                         ~ ^ image-tag-missing: "nil" will be pulled: the kustomization of 0.1.5 has no default for this image, remove the line or set one
            v2CompatibleLauncherImage: ~
        tensorboards:
          enabled: true
          tensorboardImage: null
                          ~ ^^^^ image-tag-missing: "nil" will be pulled: the kustomization of 0.1.5 has no default for this image, remove the line or set one
        notebooks:
          enabled: true
          spawnerFormDefaults: { image: { value: "", options: ["", ~] } }
      `,
      { codes },
    ));

  it('blames the part of a composed tag that is no text', () => {
    const text = `
      deploykf_dependencies:
        istio:
          charts: { istioDaemon: { version: 1.20 } }
                                          ~ ^^^^ image-tag-missing: "proxyv2:%!s(float64=1.2)-distroless" will be deployed, which is not a valid image: this value is part of the tag, quote it
          images: { istioPilot: { tag: 1.20.0 } }
      `;
    check(text, { codes });
    assert.deepEqual(fixTitles(text, { codes }), ['Quote the value: "1.20"']);
  });

  it('stays silent where the chart knows a tag, for wrong types, templates and components that are off', () =>
    check(
      `
      deploykf_dependencies:
        istio: { images: { istioProxy: { tag: ~ } } }
        cert_manager: { images: { certManagerCtl: { tag: "" } } }
      deploykf_core:
        deploykf_auth: { images: { dex: { tag: 2.10 }, kubectl: { repository: "{{ kubectl }}", tag: ~ } } }
        deploykf_dashboard: { enabled: false, images: { dashboard: { tag: ~ } } }
      kubeflow_tools:
        notebooks: { enabled: true, images: { notebookController: { tag: v1.7.0 } } }
      `,
      { codes },
    ));

  it('reports an alias to null at the alias, and nothing below an aliased map', () => {
    const text = `
      deploykf_core:
        deploykf_auth: &auth
          images:
            dex: &dex
              tag: &none ~
                       ~ ^ image-tag-missing: "dex:nil" will be pulled: the chart of 0.1.5 has no default for this tag, set one
            kubectl:
              tag: *none
                 ~ ^^^^^ image-tag-missing: "kubectl:nil" will be pulled: the chart of 0.1.5 has no default for this tag, remove the line or set one
            oauth2Proxy: *dex
      `;
    check(text, { codes });
    assert.deepEqual(fixTitles(text, { codes }), [
      'Remove the line: defaults of 0.1.5 have "1.26.15-debian-12-r4"',
      'Set 1.26.15-debian-12-r4',
    ]);
  });

  it('removes the line, and the maps that would be left empty', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images: # of dex
            dex:
              repository: registry.example.com/dex
              tag: ~ # chart decides
              pullPolicy: Always
            kubectl: { tag: "" , pullPolicy: Always }
            oauth2Proxy:
              tag:
      `,
      `
      deploykf_core:
        deploykf_auth:
          images: # of dex
            dex:
              repository: registry.example.com/dex
              pullPolicy: Always
            kubectl: { pullPolicy: Always }
      `,
      { codes },
    ));

  it('does not remove what another layer empties too, but can set it', () => {
    const text = `
      ~ file: base.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { tag: ~ } } } }
      ~ file: prod.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { tag: ~ } } } }
                                                            ~ ^ image-tag-missing: "dex:nil" will be pulled: the chart of 0.1.5 has no default for this tag, set one
      `;
    check(text, { codes });
    assert.deepEqual(fixTitles(text, { codes }), ['Set v2.39.1']);
  });

  it('offers to keep the weaker layer of the user', () =>
    assert.deepEqual(
      fixTitles(
        `
        ~ file: base.yaml
        deploykf_core: { deploykf_auth: { images: { dex: { tag: v2.40.0 } } } }
        ~ file: prod.yaml
        deploykf_core: { deploykf_auth: { images: { dex: { tag: ~ } } } }
        `,
        { codes },
      ),
      ['Remove the line: base.yaml has "v2.40.0"', 'Set v2.39.1'],
    ));

  it('says each value that is a part of tags once, and corrects all of them', () => {
    const text = (version: string, variant: string): string => `
      deploykf_dependencies:
        istio:
          charts: { istioDaemon: { version: ${version} } }
          defaultImageVariant: ${variant}
      `;
    assert.deepEqual(messages(text('1.17', '1.5'), { codes }), [
      '"proxyv2:%!s(float64=1.17)-%!s(float64=1.5)" will be deployed, which is not a valid image: this value is part of the tag, quote it',
      '"proxyv2:%!s(float64=1.17)-%!s(float64=1.5)" will be deployed, which is not a valid image: this value is part of the tag, quote it',
    ]);
    fix(text('1.17', '1.5'), text('"1.17"', '"1.5"'), { codes });
  });

  it('neither removes nor changes what an alias refers to', () =>
    assert.deepEqual(
      fixTitles('\nnone: *none\ndeploykf_core: { deploykf_auth: { images: { dex: { tag: &none ~ } } } }\n', {
        codes,
      }),
      [],
    ));

  it('sets a whole image as the policy maps it', () =>
    fix(
      '\nkubeflow_tools:\r\n  tensorboards:\r\n    enabled: true\r\n    tensorboardImage: ""\r\n',
      '\nkubeflow_tools:\r\n  tensorboards:\r\n    enabled: true\r\n    tensorboardImage: "registry.example.com/docker.io/tensorflow/tensorflow:2.5.1"\r\n',
      { codes, registry, title: /^Set/ },
    ));

  it('leaves a repository with a tag or a digest to its own rule', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            kubectl: { repository: "r.example.com/k:1.0@sha256:${'a'.repeat(64)}", tag: ~ }
            dex: { repository: "r.example.com/dex:v2", tag: ~ }
      `,
      { codes: ['image-tag-missing'] },
    ));
});
