import assert from 'node:assert/strict';
import { viewOf } from '../../../support/views.ts';
import { check, fix } from '../../../support/fixture.ts';

const codes = ['value-type'];

describe('value-type', () => {
  it('says what a word means to deployKF', () =>
    check(
      `
      kubeflow_tools:
        katib:
          enabled: no
                 ~ ^^ value-type: "no" is a string to deployKF, which counts as true here: write false
        pipelines:
          enabled: "true"
        notebooks:
          spawnerFormDefaults:
            hideTag: on
                   ~ ^^ value-type: "on" is a string to deployKF, which counts as false here: write true
      `,
      { codes },
    ));

  it('reports sections and lists that are something else', () =>
    check(
      `
      kubeflow_tools: [katib]
    ~ ^^^^^^^^^^^^^^ value-type: "kubeflow_tools" must be a map, not a list: generation fails
      deploykf_core:
        deploykf_auth: on
                     ~ ^^ value-type: "deploykf_core.deploykf_auth" must be a map, not a string: generation fails
        deploykf_istio_gateway:
          gateway: { hostname: { a: 1 } }
                   ~ ^^^^^^^^ value-type: "deploykf_core.deploykf_istio_gateway.gateway.hostname" must be a string, not a map
          extraManifests: |
        ~ ^^^^^^^^^^^^^^ value-type: "deploykf_core.deploykf_istio_gateway.extraManifests" must be a list, not a string: generation fails
            kind: Secret
      `,
      { codes },
    ));

  it('leaves nulls, aliases, open sections and templates alone', () =>
    check(
      `
      kubeflow_tools:
        katib: { enabled: &on true }
        volumes: { enabled: *on }
        pipelines: { enabled: {{ .Values.pipelines }} }
        notebooks:
          enabled: "\${NOTEBOOKS}"
        tensorboards:
      deploykf_dependencies:
        istio:
          valuesOverrides: |
            {{< tmpl.Exec "x" >}}
      `,
      { codes },
    ));

  it('says what null makes of the namespace of a component that is on', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          namespace: # later
                   ~ ^ value-type: "deploykf_core.deploykf_auth.namespace" is null: the namespace will be called "nil"; remove the line or name one
      deploykf_opt:
        deploykf_mysql: { enabled: false, namespace: ~ }
        deploykf_minio: { enabled: true, namespace: "{{ .Values.namespace }}" }
      kubeflow_tools:
        pipelines: { enabled: true, namespace: ~ }
      `,
      { codes },
    ));

  it('is silent about what a stronger layer replaces, and only about that', () =>
    check(
      `
      ~ file: base.yaml
      kubeflow_tools:
        katib: { enabled: no, images: x }
        volumes: { enabled: no }
                          ~ ^^ value-type: "no" is a string to deployKF, which counts as true here: write false
      ~ file: prod.yaml
      kubeflow_tools:
        katib: { enabled: true, images: {} }
        volumes: {}
      `,
      { codes },
    ));

  it('writes the truth value that the word means', () =>
    fix(
      `
      kubeflow_tools:
        katib:
          enabled: "no" # not yet
        volumes: { enabled: on }
      `,
      `
      kubeflow_tools:
        katib:
          enabled: false # not yet
        volumes: { enabled: true }
      `,
      { codes, title: /Write/ },
    ));

  describe('in valuesOverrides', () => {
    it('reports what charts cannot read, and null, which Helm removes', () => {
      check(
        `
        deploykf_core:
          deploykf_auth:
            valuesOverrides: { dex: { image: "r.example.com/dex:v1" }, oauth2Proxy: ~ }
                                           ~ ^^^^^^^^^^^^^^^^^^^^^^ value-type: deploykf_core.deploykf_auth.valuesOverrides.dex.image must be a map, its chart reads keys of it: Helm stops with an error
                                                                                  ~ ^ value-type: deploykf_core.deploykf_auth.valuesOverrides.oauth2Proxy is null, which removes what the chart reads: Helm stops with an error, remove the line
        deploykf_dependencies:
          cert_manager:
            valuesOverrides: { cert-manager: { image: { tag: ~ } }, trust-manager: ~ }
                                                           ~ ^ value-type: deploykf_dependencies.cert_manager.valuesOverrides.cert-manager.image.tag is null, which removes what deployKF hands to the chart, so that the chart's own default counts: remove the line
                                                                                 ~ ^ value-type: deploykf_dependencies.cert_manager.valuesOverrides.trust-manager is null, which removes what deployKF hands to the chart, so that the chart's own default counts: remove the line
          istio:
            valuesOverrides: { istio-daemon: x }
                                           ~ ^ value-type: deploykf_dependencies.istio.valuesOverrides.istio-daemon must be a map, its chart reads keys of it: Helm stops with an error
        `,
        { codes: ['value-type'] },
      );
      check(
        `
        deploykf_core:
          deploykf_auth:
            valuesOverrides: "dex: { image: x }"
          ~ ^^^^^^^^^^^^^^^ value-type: deploykf_core.deploykf_auth.valuesOverrides.dex.image must be a map, its chart reads keys of it: Helm stops with an error
          deploykf_dashboard:
            valuesOverrides: { centralDashboard: { image: {} }, other: ~ }
        `,
        { codes: ['value-type'] },
      );
    });

    it('does not know then what is pulled', () => {
      const overrides = [
        'cert-manager: ~',
        'cert-manager: { image: ~ }',
        'cert-manager: { image: { repository: ~ } }',
        'cert-manager: { image: r.example.com/c:v2 }',
      ];
      const found = overrides.map(text => {
        const view = viewOf([`deploykf_dependencies: { cert_manager: { valuesOverrides: { ${text} } } }`], {
          release: '0.1.5',
        });
        return view.images.find(({ path }) => path.endsWith('.certManagerController'))?.rendered;
      });
      assert.deepEqual(
        found,
        overrides.map(() => undefined),
      );
    });
  });
});
