import { check, fix } from '../../../support/fixture.ts';

const codes = ['value-unknown'];

describe('value-unknown', () => {
  it('names the nearest key of the section', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          chartz:
        ~ ^^^^^^ value-unknown: deployKF 0.1.5 has no value "chartz" in "deploykf_dependencies.istio", did you mean "charts"?
            istioDaemon: {}
      `,
      { codes },
    ));

  it('finds a key that stands a level too high', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          imagePullSecrets:
        ~ ^^^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "imagePullSecrets" in "deploykf_dependencies.kyverno", did you mean "deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets"?
            enabled: true
          version: 3.0.1
        ~ ^^^^^^^ value-unknown: deployKF 0.1.5 has no value "version" in "deploykf_dependencies.kyverno", did you mean "deploykf_dependencies.kyverno.charts.kyverno.version"?
      `,
      { codes },
    ));

  it('finds a section at the wrong level', () =>
    check(
      `
      kubeflow_tools:
        kubeflow_argo_workflows:
      ~ ^^^^^^^^^^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "kubeflow_argo_workflows" in "kubeflow_tools", did you mean "kubeflow_dependencies.kubeflow_argo_workflows"?
          enabled: true
      katib:
    ~ ^^^^^ value-unknown: deployKF 0.1.5 has no value "katib" at the top level, did you mean "kubeflow_tools.katib"?
        enabled: true
      `,
      { codes },
    ));

  it('knows the group that a component is in', () =>
    check(
      `
      deploykf_core:
        deploykf_minio: { enabled: true }
      ~ ^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "deploykf_minio" in "deploykf_core", did you mean "deploykf_opt.deploykf_minio"?
        kyverno:
      ~ ^^^^^^^ value-unknown: deployKF 0.1.5 has no value "kyverno" in "deploykf_core", did you mean "deploykf_dependencies.kyverno"?
          enabled: true
        kyvernoo: {}
      ~ ^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "kyvernoo" in "deploykf_core"
        katib: { nothing: of it }
      ~ ^^^^^ value-unknown: deployKF 0.1.5 has no value "katib" in "deploykf_core"
      `,
      { codes },
    ));

  it('knows that a group is empty, and by the components below a group which one is meant', () =>
    check(
      `
      deploykf_tools:
        katib: { enabled: true }
      ~ ^^^^^ value-unknown: deployKF 0.1.5 has no value "katib" in "deploykf_tools", did you mean "kubeflow_tools.katib"?
        deploykf_minio: { enabled: true }
      ~ ^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "deploykf_minio" in "deploykf_tools", did you mean "deploykf_opt.deploykf_minio"?
        other: {}
      ~ ^^^^^ value-unknown: deployKF 0.1.5 has no value "other" in "deploykf_tools"
      kubeflow_toolz: {}
    ~ ^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "kubeflow_toolz" at the top level, did you mean "kubeflow_tools"?
      deploykf_toolz: { katib: {}, pipelines: {}, other: {} }
    ~ ^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "deploykf_toolz" at the top level, did you mean "kubeflow_tools"?
      deploykf_tool: { katib: {}, deploykf_minio: {} }
    ~ ^^^^^^^^^^^^^ value-unknown: deployKF 0.1.5 has no value "deploykf_tool" at the top level, did you mean "kubeflow_tools.katib" and "deploykf_opt.deploykf_minio"?
      `,
      { codes },
    ));

  it('stays silent in open sections, for images and for the user’s own keys', () =>
    check(
      `
      x-registry: &registry registry.example.com
      anchors:
        - &tag v1
      deploykf_dependencies:
        cert_manager:
          valuesOverrides: { cert-manager: { global: {} } }
          extraManifests:
            - |
              kind: Secret
          images: { dexx: {} }
      deploykf_core:
        deploykf_profiles_generator:
          profiles:
            - name: team-1
              anything: true
      `,
      { codes },
    ));

  it('renames the key and keeps the rest', () =>
    fix(
      `
      kubeflow_tools: { "pipeline": { enabled: true } } # all
      `,
      `
      kubeflow_tools: { "pipelines": { enabled: true } } # all
      `,
      { codes, title: /Rename/ },
    ));

  it('stays silent in a file that does not parse', () =>
    check(
      `
      kubeflow_tools:
      \tkatib: {}
      `,
      { codes },
    ));
});
