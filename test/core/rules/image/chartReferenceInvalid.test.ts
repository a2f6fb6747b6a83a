import assert from 'node:assert/strict';
import { check, fix, fixTitles, messages } from '../../../support/fixture.ts';

const codes = ['chart-reference-invalid', 'image-tag-missing'];

describe('chart-reference-invalid', () => {
  it('reports what Helm can make nothing of', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          charts:
            istioBase: { version: "" } # ours
                                ~ ^^ chart-reference-invalid: istioBase: the version of the chart is empty, Helm stops with an error and Argo CD cannot render Istio: remove the line or write one
            istioDaemon:
              version:
            ~ ^^^^^^^ chart-reference-invalid: istioDaemon: null becomes the version "nil", Helm stops with an error and Argo CD cannot render Istio: remove the line or write one
        cert_manager:
          charts:
            certManager: { version: latest, repository: "", name: ~ }
                                  ~ ^^^^^^ chart-reference-invalid: certManager: "latest" is not a version of a chart, Helm stops with an error and Argo CD cannot render cert-manager: remove the line or write one
                                                      ~ ^^ chart-reference-invalid: certManager: the repository of the chart is empty, Helm stops with an error and Argo CD cannot render cert-manager: remove the line or write one
                                                                ~ ^ chart-reference-invalid: certManager: null becomes the name "nil", Helm stops with an error and Argo CD cannot render cert-manager: remove the line or write one
      `,
      { codes },
    ));

  it('stays silent for versions, ranges and templates, what does not win, and disabled components', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies: { istio: { charts: { istioBase: { version: "" } } } }
      ~ file: prod.yaml
      deploykf_dependencies:
        istio:
          charts:
            istioBase: { version: "*" }
            istioDaemon: { version: ">= 1.17, < 1.18" }
        kyverno: { enabled: "", charts: { kyverno: { version: ~ } } }
        cert_manager:
          charts:
            certManager: { version: "{{ version }}", repository: "\${REPO}" }
            trustManager: { name: ~, version: 0.9.x }
      deploykf_core: { deploykf_istio_gateway: { charts: { istioGateway: { version: 1.17 } } } }
      `,
      { codes },
    ));

  it('removes the lines that hide the value of the release', () => {
    const text = (version: string): string => `
      ~ file: base.yaml
      deploykf_dependencies:
        istio:
          charts:
            istioDaemon:
              name: istiod${version}
      ~ file: prod.yaml
      deploykf_dependencies:
        istio:
          charts:
            istioDaemon: # ours
              name: istiod${version}
      `;
    const options = { codes, file: 'prod.yaml' };
    fix(
      text('\n              version: ""').replace(/version: ""\n {6}~/, 'version: ~\n      ~'),
      text(''),
      options,
    );
  });

  it('says that there is nothing to go back to, or offers what a weaker layer has', () => {
    const prod =
      '~ file: prod.yaml\ndeploykf_dependencies: { istio: { charts: { istioBase: { version: "" } } } }\n';
    const base = prod.replace('prod', 'base').replace('""', '1.18.0');
    assert.deepEqual(fixTitles(base + prod, { codes }), ['Remove the line: base.yaml has one']);
    const shared = `
      x: &x { version: "" }
      deploykf_dependencies: { istio: { charts: { istioBase: *x, istioDaemon: *x } } }
      `;
    assert.deepEqual(fixTitles(shared, { codes }), []);
  });

  it('says of an address without scheme that Helm does not take it, and lets choose one', () => {
    const text = (repository: string): string =>
      `deploykf_dependencies: { kyverno: { charts: { kyverno: { repository: "${repository}" } } } }`;
    const stops = 'has no scheme, Helm stops with an error and Argo CD cannot render Kyverno:';
    for (const repository of ['charts.example.com/x', 'r.example.com:5000/charts', 'localhost:5000'])
      assert.deepEqual(messages(text(repository), { codes }), [
        `kyverno: "${repository}" ${stops} write https:// or oci:// before it`,
      ]);
    for (const repository of ['stable', '/charts', './charts'])
      assert.deepEqual(messages(text(repository), { codes }), [
        `kyverno: "${repository}" ${stops} write the whole address, or "@" and the name that Argo CD has for it`,
      ]);
    fix(text('r.example.com/charts'), text('oci://r.example.com/charts'), { codes, title: /oci:/ });
    for (const repository of [
      'oci://r.example.com/c',
      '@kyverno',
      'alias:k',
      's3://b/c',
      'file://x',
      '${REPO}',
    ])
      assert.deepEqual(messages(text(repository), { codes }), []);
  });
});
