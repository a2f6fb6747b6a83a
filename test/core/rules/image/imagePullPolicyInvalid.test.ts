import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['image-pull-policy-invalid'];

describe('image-pull-policy-invalid', () => {
  it('names the nearest', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex: { pullPolicy: always }
                             ~ ^^^^^^ image-pull-policy-invalid: "always" is not a pull policy, Kubernetes refuses the Pod: did you mean "Always"?
            oauth2Proxy: { pullPolicy: "If-Not-Present" }
                                     ~ ^^^^^^^^^^^^^^^^ image-pull-policy-invalid: "If-Not-Present" is not a pull policy, Kubernetes refuses the Pod: did you mean "IfNotPresent"?
            kubectl: { pullPolicy: sometimes }
                                 ~ ^^^^^^^^^ image-pull-policy-invalid: "sometimes" is not a pull policy, Kubernetes refuses the Pod: use Always, IfNotPresent or Never
        deploykf_dashboard:
          images:
            dashboard: { pullPolicy: ~ }
                                   ~ ^ image-pull-policy-invalid: null becomes the pull policy "nil", which Kubernetes refuses: use Always, IfNotPresent or Never
            kfamApi:
              pullPolicy:
            ~ ^^^^^^^^^^ image-pull-policy-invalid: null becomes the pull policy "nil", which Kubernetes refuses: use Always, IfNotPresent or Never
            profileController: { pullPolicy: true }
                                           ~ ^^^^ image-pull-policy-invalid: "true" is not a pull policy, Kubernetes refuses the Pod: use Always, IfNotPresent or Never
      `,
      { codes },
    ));

  it('stays silent for legal ones, the empty text, templates and what is not rendered', () =>
    check(
      `
      x: &policy Never
      deploykf_core:
        deploykf_auth:
          images:
            dex: { pullPolicy: Always }
            oauth2Proxy: { pullPolicy: "{{ policy }}" }
            kubectl: { pullPolicy: "" }
        deploykf_dashboard: { images: { dashboard: { pullPolicy: *policy } } }
      kubeflow_tools: { katib: { images: { katibUi: { pullPolicy: always } } } }
      deploykf_dependencies: { kyverno: { images: { kyvernoCleanupController: { pullPolicy: always } } } }
      `,
      { codes },
    ));

  it('reports what a newer chart honours', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          charts: { kyverno: { version: 3.1.0 } }
          images: { kyvernoCleanupController: { pullPolicy: always } }
                                                          ~ ^^^^^^ image-pull-policy-invalid: "always" is not a pull policy, Kubernetes refuses the Pod: did you mean "Always"?
      `,
      { codes },
    ));

  it('reports the one that Istio takes for all of its images, once', () => {
    check(
      `
      deploykf_dependencies:
        istio:
          valuesOverrides:
            global: { imagePullPolicy: always }
                                     ~ ^^^^^^ image-pull-policy-invalid: "always" is not a pull policy, Kubernetes refuses the Pod: did you mean "Always"?
            istio-daemon: { global: { imagePullPolicy: never } }
      `,
      { codes },
    );
    check(
      `
      deploykf_dependencies:
        istio:
          valuesOverrides: "istio-daemon: { global: { imagePullPolicy: never } }"
        ~ ^^^^^^^^^^^^^^^ image-pull-policy-invalid: "never" is not a pull policy, Kubernetes refuses the Pod: did you mean "Never"?
      `,
      { codes },
    );
    fix(
      `
      deploykf_dependencies:
        istio: { valuesOverrides: { istio-daemon: { global: { imagePullPolicy: always } } } }
      `,
      `
      deploykf_dependencies:
        istio: { valuesOverrides: { istio-daemon: { global: { imagePullPolicy: Always } } } }
      `,
      { codes },
    );
  });

  it('corrects a policy in valuesOverrides there, not at the image value that it wins over', () => {
    const overrides = (policy: string): string => `
      deploykf_dependencies:
        cert_manager:
          images:
            certManagerWebhook: { repository: r.example.com/webhook, tag: v1.12.10 }
          valuesOverrides:
            cert-manager:
              webhook: { image: { pullPolicy: ${policy} } }
      `;
    fix(overrides('never'), overrides('Never'), { codes });
    const alone = (policy: string): string => `
      deploykf_core:
        deploykf_auth: { valuesOverrides: { dex: { image: { pullPolicy: ${policy} } } } }
      `;
    fix(alone('ifnotpresent'), alone('IfNotPresent'), { codes });
    const text = (policy: string): string => `
      deploykf_core:
        deploykf_auth:
          valuesOverrides: "dex: {image: {pullPolicy: ${policy}}}"
      `;
    fix(text('ifnotpresent'), text('IfNotPresent'), { codes });
    fix(alone('~, tag: v1'), alone('~, tag: v1').replace('pullPolicy: ~, ', ''), { codes, title: /^Remove/ });
  });

  it('takes null and the empty text of Istio for none, as the chart does', () =>
    check(
      `
      deploykf_dependencies:
        istio: { valuesOverrides: { global: { imagePullPolicy: ~ }, istio-daemon: { global: { imagePullPolicy: "" } } } }
      `,
      { codes },
    ));

  it('corrects upper and lower case', () =>
    fix(
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex: { pullPolicy: "ifnotpresent" } # ours\r\n',
      'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex: { pullPolicy: "IfNotPresent" } # ours\r\n',
      { codes },
    ));

  it('offers the rest', () => {
    const text = `
      deploykf_core: { deploykf_auth: { images: { dex: { pullPolicy: ~ }, kubectl: { pullPolicy: Allways } } } }
    `;
    assert.deepEqual(fixTitles(text, { codes }), [
      'Remove the line',
      'Write Always',
      'Write IfNotPresent',
      'Write Never',
      'Write Always',
    ]);
    fix(text, text, { codes, title: /x-none/ });
    fix(
      text,
      `
      deploykf_core: { deploykf_auth: { images: { dex: { pullPolicy: Always }, kubectl: { pullPolicy: Always } } } }
    `,
      { codes, title: /Always/ },
    );
    fix(
      text,
      `
      deploykf_core: { deploykf_auth: { images: { kubectl: { pullPolicy: Allways } } } }
    `,
      { codes, title: /Remove/ },
    );
  });
});
