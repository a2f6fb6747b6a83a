import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['image-reference-invalid'];

describe('image-reference-invalid', () => {
  it('marks the guilty part of a repository', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: https://registry.example.com/Dexidp//dex/ }
                             ~ ^^^^^^^^ image-reference-invalid: An image reference cannot have "https://": remove it
                                                          ~ ^^^^^^ image-reference-invalid: "Dexidp" has upper-case letters: write "dexidp"
                                                                ~ ^^ image-reference-invalid: "//" leaves an empty part: write one "/"
                                                                     ~ ^ image-reference-invalid: Remove the "/" at the end
            oauth2Proxy: { repository: "registry.example.com:70000/oauth2 proxy" }
                                                          ~ ^^^^^^ image-reference-invalid: "70000" is not a port: use a number from 1 to 65535
                                                                       ~ ^ image-reference-invalid: White space is not allowed in an image reference: remove it
            kubectl:
              repository: >-
                        ~ ^^ image-reference-invalid: "Kubectl" has upper-case letters: write "kubectl"
                Registry.example.com/Kubectl
      `,
      { codes },
    ));

  it('marks the guilty part of a whole image and of a list item', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
          cache: { image: "docker://ghcr.io/busybox:1.36" }
                         ~ ^^^^^^^^^ image-reference-invalid: An image reference cannot have "docker://": remove it
        tensorboards:
          tensorboardImage: tensorflow/tensorflow:2.5 .1
                                                   ~ ^ image-reference-invalid: White space is not allowed in an image reference: remove it
        notebooks:
          spawnerFormDefaults:
            image:
              value: 'registry.example.com/jupyter@sha256:12'
                                                 ~ ^^^^^^^^^ image-reference-invalid: The digest has the wrong length: sha256 has 64 hexadecimal digits
              options:
                - registry.example.com/jupyter-scipy:v1.8.0
                - registry.example.com/Jupyter-scipy:v1.8.0 # ours
                                     ~ ^^^^^^^^^^^^^ image-reference-invalid: "Jupyter-scipy" has upper-case letters: write "jupyter-scipy"
                - registry.example.com/jupyter:
      `,
      { codes },
    ));

  it('marks an illegal tag, and takes a digest behind the tag', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { tag: ":v2.37.0" }
                       ~ ^^^^^^^^ image-reference-invalid: The tag ":v2.37.0" has invalid characters: use letters, digits, "_", "." and "-"
            oauth2Proxy: { tag: "v7 .4" }
                               ~ ^^^^^ image-reference-invalid: The tag "v7 .4" has white space: remove it
            kubectl: { tag: "1.26@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
        deploykf_dashboard:
          images:
            dashboard: { tag: "0.1.0@sha256:aa" }
                                   ~ ^^^^^^^^^ image-reference-invalid: The digest has the wrong length: sha256 has 64 hexadecimal digits
      `,
      { codes },
    ));

  it('says what null and the empty text are rendered as', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: ~ }
                             ~ ^ image-reference-invalid: "nil:v2.39.1" will be pulled: null hides the default repository, remove the line or write one
            oauth2Proxy:
              repository:
            ~ ^^^^^^^^^^ image-reference-invalid: "nil:v7.6.0" will be pulled: null hides the default repository, remove the line or write one
            kubectl: { repository: "" }
                                 ~ ^^ image-reference-invalid: ":1.26.15-debian-12-r4" will be pulled: an empty string hides the default repository, remove the line or write one
      kubeflow_tools:
        katib: { enabled: true, images: { katibUi: { repository: "" }, katibController: { repository: null } } }
                                                                                                    ~ ^^^^ image-reference-invalid: "nil:v0.15.0" will be pulled: null hides the default repository, remove the line or write one
        pipelines:
          enabled: true
          images: { kfpFrontend: { repository: "" } }
                                             ~ ^^ image-reference-invalid: ":2.1.0-deploykf.0" will be pulled: an empty string hides the default repository, remove the line or write one
      `,
      { codes },
    ));

  it('says once that repository and tag are empty, and removes both', () => {
    const both = [...codes, 'image-tag-missing'];
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: ~, tag: "" }
                             ~ ^ image-reference-invalid: "nil:" will be deployed: repository and tag hide the defaults, remove both lines or write them
            oauth2Proxy:
              repository: ""
                        ~ ^^ image-reference-invalid: ":nil" will be deployed: repository and tag hide the defaults, remove both lines or write them
              tag:
      `,
      { codes: both },
    );
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images:
            oauth2Proxy: # ours
              repository: ""
              tag:
              pullPolicy: Always
      `,
      `
      deploykf_core:
        deploykf_auth:
          images:
            oauth2Proxy: # ours
              pullPolicy: Always
      `,
      { codes: both, title: /^Remove both lines/ },
    );
  });

  it('stays silent for legal texts, templates, defaults and what does not win', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: https://Wrong/ }
      ~ file: prod.yaml
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: "localhost:5000/dexidp/dex" }
            oauth2Proxy: { repository: "{{ registry }}/Oauth2 Proxy" }
            kubectl: { repository: "\${REGISTRY}/kubectl" }
            unknown: { repository: "https://x" }
      other: { repository: https://example.com/charts/ }
      `,
      { codes },
    ));

  it('marks an alias as a whole', () =>
    check(
      `
      x-dex: &dex Registry.example.com/Dex
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: *dex }
                             ~ ^^^^ image-reference-invalid: "Dex" has upper-case letters: write "dex"
      `,
      { codes },
    ));

  it('repairs in the style that stands there', () =>
    fix(
      `
      kubeflow_tools:
        pipelines:
          cache: { image: "docker://ghcr.io/Busybox:1.36" } # small
          images:
            kfpFrontend:
              repository: 'https://registry.example.com/Frontend/' # ours
              tag: ":v2.1.0"
        notebooks:
          spawnerFormDefaults:
            image:
              options:
                - a/b:1
                - "registry.example.com/Jupyter:v1.8.0 " # ours
      `,
      `
      kubeflow_tools:
        pipelines:
          cache: { image: "ghcr.io/busybox:1.36" } # small
          images:
            kfpFrontend:
              repository: 'registry.example.com/frontend' # ours
              tag: "v2.1.0"
        notebooks:
          spawnerFormDefaults:
            image:
              options:
                - a/b:1
                - "registry.example.com/jupyter:v1.8.0" # ours
      `,
      { codes },
    ));

  it('keeps CRLF', () =>
    fix(
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex:\r\n        repository: r.example.com/dex/\r\n',
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex:\r\n        repository: r.example.com/dex\r\n',
      { codes },
    ));

  it('does not repair what could be meant in several ways', () =>
    assert.deepEqual(
      fixTitles(
        `
        deploykf_core:
          deploykf_auth:
            images:
              dex: { repository: "registry.example.com/my dex" }
              oauth2Proxy: { repository: registry.example.com:x/proxy }
              kubectl: { repository: ~ }
        `,
        { codes },
      ),
      ['Remove the line'],
    ));

  it('removes an empty repository on demand', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repository: ~ , tag: v2 }
      `,
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { tag: v2 }
      `,
      { codes, title: /^Remove/ },
    ));
});
