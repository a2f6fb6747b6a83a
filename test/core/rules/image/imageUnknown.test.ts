import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['image-unknown'];

describe('image-unknown', () => {
  it('names the nearest image', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
          images:
            kfpApiSever:
          ~ ^^^^^^^^^^^ image-unknown: 0.1.5 has no image "kfpApiSever", did you mean "kfpApiServer"?
              tag: "2.1.0"
            kfp-frontend: { tag: "2.1.0" }
          ~ ^^^^^^^^^^^^ image-unknown: 0.1.5 has no image "kfp-frontend", did you mean "kfpFrontend"?
            minio: {}
          ~ ^^^^^ image-unknown: 0.1.5 has no image "minio" here, it belongs to deploykf_opt.deploykf_minio
            dex:
          ~ ^^^ image-unknown: 0.1.5 has no image "dex" here, it belongs to deploykf_core.deploykf_auth
            kubectl: {}
          ~ ^^^^^^^ image-unknown: 0.1.5 has no image "kubectl" here, it belongs to deploykf_dependencies.kyverno, deploykf_core.deploykf_auth, deploykf_opt.deploykf_minio and deploykf_opt.deploykf_mysql
            something: {}
          ~ ^^^^^^^^^ image-unknown: 0.1.5 has no image "something", deployKF ignores it
      `,
      { codes },
    ));

  it('knows that releases differ', () =>
    check(
      `
      deploykf_opt: { deploykf_minio: { images: { shell: { tag: x } } } }
                                                ~ ^^^^^ image-unknown: 0.1.4 has no image "shell", deployKF ignores it
      `,
      { codes, release: '0.1.4' },
    ));

  it('names unknown keys of an image', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { repositry: a/b, registry: a, imagePullPolicy: Always, tag: v1 }
                 ~ ^^^^^^^^^ image-unknown: deployKF ignores "repositry" of an image, did you mean "repository"?
                                 ~ ^^^^^^^^ image-unknown: deployKF ignores "registry" of an image: its keys are repository, tag and pullPolicy
                                              ~ ^^^^^^^^^^^^^^^ image-unknown: deployKF ignores "imagePullPolicy" of an image, did you mean "pullPolicy"?
      kubeflow_tools:
        katib: { images: { katibUi: { digest: "sha256:1", pullpolicy: Always, pullPolicy: Always } } }
                                    ~ ^^^^^^ image-unknown: deployKF ignores "digest" of an image: its keys are repository and tag
                                                        ~ ^^^^^^^^^^ image-unknown: deployKF ignores "pullpolicy" of an image: its keys are repository and tag
      `,
      { codes },
    ));

  it('says it in the layer that has it, also when a stronger one has another', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core: { deploykf_auth: { images: { dexx: {} } } }
                                                ~ ^^^^ image-unknown: 0.1.5 has no image "dexx", did you mean "dex"?
      ~ file: prod.yaml
      deploykf_core: { deploykf_auth: { images: { dex: {} } } }
      `,
      { codes },
    ));

  it('stays silent for what is open, templated, merged in or not an image', () =>
    check(
      `
      x-images: &images { dexx: {} }
      images: { dexx: {} }
      deploykf_core:
        deploykf_auth:
          images: { <<: *images, dex: { <<: *images }, "{{ name }}": {}, oauth2Proxy: {{ proxy }} }
          valuesOverrides: { images: { dexx: {} } }
        deploykf_dashboard:
          images: *images
      `,
      { codes },
    ));

  it('renames the key, in its style', () =>
    fix(
      `
      kubeflow_tools:
        pipelines:
          images: # ours
            "kfpApiSever": # the server
              repositry: registry.local/api
      `,
      `
      kubeflow_tools:
        pipelines:
          images: # ours
            "kfpApiServer": # the server
              repositry: registry.local/api
      `,
      { codes, title: /^Rename to kfpApiServer/ },
    ));

  it('does not rename to a key that is there', () =>
    assert.deepEqual(
      fixTitles(
        `
        deploykf_core:
          deploykf_auth: { images: { dexx: {}, dex: { tagg: v1, tag: v2 } } }
        `,
        { codes },
      ),
      ['Remove "dexx", which 0.1.5 ignores', 'Remove "tagg", which 0.1.5 ignores'],
    ));

  it('removes the image and keeps the line ends', () =>
    fix(
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dexx:\r\n        tag: v1\r\n      dex:\r\n        tag: v2\r\n',
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex:\r\n        tag: v2\r\n',
      { codes, title: /^Remove/ },
    ));
});
