import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['image-override-ignored'];

describe('image-override-ignored', () => {
  it('says which tag is rendered in place of the written one', () => {
    check(
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          images:
            notebookController: { tag: v1.8.0 }
                                     ~ ^^^^^^ image-override-ignored: "notebook-controller:nil" will be pulled: 0.1.5 renders "kubeflow_tools.notebooks.images.jupyterWebApp.tag" instead of this tag, which is not set
      `,
      { codes },
    );
    check(
      `
      ~ file: base.yaml
      kubeflow_tools: { notebooks: { enabled: true, images: { notebookController: { tag: v1.8.0 } } } }
                                                                                       ~ ^^^^^^ image-override-ignored: "notebook-controller:v1.9.0" will be pulled: 0.1.5 renders "kubeflow_tools.notebooks.images.jupyterWebApp.tag" instead of this tag
      ~ file: prod.yaml
      kubeflow_tools: { notebooks: { images: { jupyterWebApp: { tag: v1.9.0 } } } }
      `,
      { codes },
    );
  });

  it('stays silent where both tags are the same, or the tag is not set', () => {
    check(
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          images: { notebookController: { tag: v1.8.0 }, jupyterWebApp: { tag: "v1.8.0" } }
      `,
      { codes },
    );
    check(
      `
      kubeflow_tools: { notebooks: { enabled: true, images: { notebookController: { tag: ~ }, jupyterWebApp: { tag: v1 } } } }
      `,
      { codes },
    );
  });

  it('names pull policies that are not rendered', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { images: { kyvernoCleanupController: { pullPolicy: Always }, kyverno: { pullPolicy: Always } } }
                                                                   ~ ^^^^^^ image-override-ignored: The chart version 3.0.1 ignores the pull policy of kyvernoCleanupController, 3.1.0 is the first that does not: remove the line
        istio: { images: { istioPilot: { pullPolicy: Always } } }
                                                   ~ ^^^^^^ image-override-ignored: 0.1.0 has no pull policy for istioPilot, this one is not rendered: remove the line
      kubeflow_tools: { katib: { enabled: true, images: { katibUi: { pullPolicy: IfNotPresent } } } }
                                                                               ~ ^^^^^^^^^^^^ image-override-ignored: 0.1.0 has no pull policy for katibUi, this one is not rendered: remove the line
      deploykf_opt: { deploykf_minio: { enabled: true, images: { minioMc: { pullPolicy: Never } } } }
                                                                                      ~ ^^^^^ image-override-ignored: 0.1.0 ignores the pull policy of minioMc: remove the line
      `,
      { codes, release: '0.1.0' },
    ));

  it('knows the chart that honours the pull policy, and copies of the default', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          charts: { kyverno: { version: 3.1.0 } }
          images: { kyvernoCleanupController: { pullPolicy: Always } }
      kubeflow_tools: { katib: { enabled: true, images: { katibUi: { <<: { pullPolicy: Always } } } } }
      ~ file: second.yaml
      deploykf_dependencies: { kyverno: { images: { kyvernoReportsController: { pullPolicy: IfNotPresent } } } }
      `,
      { codes },
    ));

  it('says what Istio renders for a repository without a slash', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          images:
            istioProxy: { repository: "proxyv2" }
                                    ~ ^^^^^^^^^ image-override-ignored: "…/proxyv2:1.17.8-distroless:…" will be pulled: without a "/" the chart adds a registry and a second tag, write the whole repository
            istioPilot: { repository: "{{ pilot }}" }
      `,
      { codes },
    ));

  it('hints once at the images of a disabled component', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core: { deploykf_auth: { images: { dex: { tag: v2 } } } }
      kubeflow_tools: { katib: { images: { katibUi: { tag: v2 } } }, volumes: { images: {} } }
                               ~ ^^^^^^ image-override-ignored: kubeflow_tools.katib is disabled, so this image is not deployed
      ~ file: prod.yaml
      deploykf_core:
        deploykf_auth:
          enabled: false
          images: # not used
        ~ ^^^^^^ image-override-ignored: deploykf_core.deploykf_auth is disabled, so these 2 images are not deployed
            dex: { tag: v3 }
            kubectl: { tag: "1" }
      `,
      { codes },
    ));

  it('sets the other tag where it is decided, or removes the one without effect', () => {
    const before = `
      kubeflow_tools:
        notebooks:
          enabled: true
          images:
            notebookController:
              tag: v1.8.0 # ours
    `;
    assert.deepEqual(fixTitles(before, { codes }), [
      'Set "kubeflow_tools.notebooks.images.jupyterWebApp.tag" to v1.8.0, too',
      'Remove the line',
    ]);
    fix(
      before,
      `
      kubeflow_tools:
        notebooks:
          enabled: true
          images:
            notebookController:
              tag: v1.8.0 # ours
            jupyterWebApp:
              tag: v1.8.0
    `,
      { codes, title: /^Set/ },
    );
    fix(
      before,
      `
      kubeflow_tools:
        notebooks:
          enabled: true
    `,
      { codes, title: /^Remove/ },
    );
  });

  it("writes Istio's repository in full, and removes a pull policy", () => {
    fix(
      "deploykf_dependencies:\r\n  istio: { images: { istioProxy: { repository: 'proxyv2' } } } # ours\r\n",
      "deploykf_dependencies:\r\n  istio: { images: { istioProxy: { repository: 'docker.io/istio/proxyv2' } } } # ours\r\n",
      { codes, title: /^Write/ },
    );
    fix(
      'deploykf_dependencies:\r\n  istio: { images: { istioProxy: { tag: v1, pullPolicy: Always } } }\r\n',
      'deploykf_dependencies:\r\n  istio: { images: { istioProxy: { tag: v1 } } }\r\n',
      { codes, title: /^Remove/ },
    );
  });
});
