import { check } from '../../../support/fixture.ts';

const codes = ['image-tag-mutable'];
const digest = `sha256:${'a'.repeat(64)}`;

describe('image-tag-mutable', () => {
  it('reports the tag of maps, strings and items, and strings without one', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: registry.example.com/dex, tag: 'latest' } # why not
                                                            ~ ^^^^^^^^ image-tag-mutable: "latest" names different images over time: pin a version or a digest
            oauth2Proxy:
              tag: &tag main
                      ~ ^^^^ image-tag-mutable: "main" names different images over time: pin a version or a digest
            kubectl:
              tag: *tag
                 ~ ^^^^ image-tag-mutable: "main" names different images over time: pin a version or a digest
      kubeflow_tools:
        tensorboards:
          enabled: true
          tensorboardImage: registry.example.com:5000/tensorflow
                          ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-tag-mutable: No tag means "latest", which names different images over time: pin a version or a digest
        notebooks:
          enabled: true
          spawnerFormDefaults:
            image:
              value: >-
                   ~ ^^ image-tag-mutable: "latest" names different images over time: pin a version or a digest
                registry.example.com/scipy:latest
              options:
                - "registry.example.com/scipy:nightly"
                                            ~ ^^^^^^^ image-tag-mutable: "nightly" names different images over time: pin a version or a digest
                - registry.example.com/scipy:v1
      `,
      { codes },
    ));

  it('stays silent for digests, versions, templates, defaults and components that are off', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { tag: "latest@${digest}" }
            oauth2Proxy: { tag: "{{ channel }}" }
            kubectl: { tag: v1-main-20240501 }
      kubeflow_tools:
        katib:
          images: { katibUi: { tag: latest } }
        tensorboards:
          enabled: true
          tensorboardImage: registry.example.com/tensorflow@${digest}
        pipelines:
          enabled: true
          cache: { image: "" }
          kfpV2: { driverImage: "registry.example.com/driver:", launcherImage: "{{ launcher }}:latest" }
      `,
      { codes },
    ));

  it('stays silent for a tag that is not the one rendered', () =>
    check(
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          images:
            jupyterWebApp: { tag: v1.8.0 }
            notebookController: { tag: latest }
      `,
      { codes },
    ));

  it('is said once where the image is below a key of one’s own', () =>
    check(
      `
      x-image: &image { repository: registry.example.com/dex, tag: latest }
                                                                 ~ ^^^^^^ image-tag-mutable: "latest" names different images over time: pin a version or a digest
      deploykf_core:
        deploykf_auth: { images: { dex: *image } }
        deploykf_dashboard: { images: { dashboard: *image } }
      `,
      { codes },
    ));
});
