import { check } from '../../support/fixture.ts';

const codes = ['yaml-syntax'];

describe('yaml-syntax', () => {
  it('says what the parser says, where it says it', () =>
    check(
      `
      kubeflow_tools:
        katib:
          enabled: true
         images: {}
    ~ ^ yaml-syntax: All mapping items must start at the same column
        pipelines:
          enabled: [true
      deploykf_core: {}
    ~ ^ yaml-syntax: Flow sequence in block collection must be sufficiently indented and end with a ]
      `,
      { codes },
    ));

  it('refuses tabs as indentation', () =>
    check(
      `
      kubeflow_tools:
      \tkatib: {}
    ~ ^ yaml-syntax: Tabs are not allowed as indentation
      `,
      { codes },
    ));

  it('refuses a list', () =>
    check(
      `
      # values
      - kubeflow_tools:
    ~ ^^^^^^^^^^^^^^^^^ yaml-syntax: deployKF stops here: values must be a map such as "kubeflow_tools:", this is a list
          katib: {}
      `,
      { codes },
    ));

  it('refuses a text, as a half-typed first key is', () =>
    check(
      `
      kubeflow_tools
    ~ ^^^^^^^^^^^^^^ yaml-syntax: deployKF stops here: values must be a map such as "kubeflow_tools:", this is a text
      `,
      { codes },
    ));

  it('names an alias without an anchor before it', () =>
    check(
      `
      kubeflow_tools:
        katib: *off
             ~ ^^^^ yaml-syntax: No anchor "&off" stands before this alias, deployKF stops here: correct the name
        pipelines: &off { enabled: false }
        notebooks: *off
        volumes: { <<: *of }
                     ~ ^^^ yaml-syntax: No anchor "&of" stands before this alias, deployKF stops here: correct the name
      `,
      { codes },
    ));

  it('accepts what deployKF accepts', () => {
    check('', { codes });
    check('# nothing yet\n---\n~\n', { codes });
    check('\uFEFFkubeflow_tools: {}\r\ndeploykf_core: &a\r\n  x: "*b"\r\n  y: *a\r\n', { codes });
    check('? &key kubeflow_tools\n: { katib: *key }\n', { codes });
    check('kubeflow_tools:\n  x: "{{ .Values.x }}" # *no alias\n', { codes });
  });
});
