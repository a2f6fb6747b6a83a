import { check } from '../../../support/fixture.ts';

const codes = ['yaml-syntax'];

describe('yaml-syntax', () => {
  it('says what the parser says, where it says it', () =>
    check(
      `
      kubeflow_tools:
        katib:
          enabled: true
         images: {}
       ~ ^ yaml-syntax: This key does not line up with the others of its map, indent it like them
        pipelines:
          enabled: [true
                     ~ ^ yaml-syntax: The "[" before this is not closed: a "]" is missing, or a line is not indented more than the key
      deploykf_core: {}
      `,
      { codes },
    ));

  it('refuses a colon on a later line than its key, which the parser takes and deployKF does not', () =>
    check(
      `
      kubeflow_tools: # fine: { a : 1 }
        katib : { enabled
          : true }
        ? pipelines # an explicit key
        : enabled: true
        notebooks
      ~ ^^^^^^^^^ yaml-syntax: A key must be on one line: a ":" is missing on this line, or the lines below are indented wrongly
          : { enabled: true }
      `,
      { codes },
    ));

  it('refuses tabs as indentation', () =>
    check(
      `
      kubeflow_tools:
      	katib: {}
    ~ ^ yaml-syntax: A tab cannot indent YAML, use spaces
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
    ~ ^^^^^^^^^^^^^^ yaml-syntax: deployKF stops here: values must be a map such as "kubeflow_tools:", this is a string
      `,
      { codes },
    ));

  it('names an alias without an anchor before it', () =>
    check(
      `
      kubeflow_tools:
        katib: *off
             ~ ^^^^ yaml-syntax: No value above has the anchor "&off" that "*off" refers to, add it there or write the value out
        pipelines: &off { enabled: false }
        notebooks: *off
        volumes: { <<: *of }
                     ~ ^^^ yaml-syntax: No value above has the anchor "&of" that "*of" refers to, add it there or write the value out
      `,
      { codes },
    ));

  it('refuses a merge key with what is not a map, as deployKF does', () =>
    check(
      `
      text: &text r.example.com
      list: &list [{ a: b }]
      nothing: &nothing
      ? &key explicit
      : &map { tag: v1 }
      kubeflow_tools:
        katib: { <<: *text, enabled: true }
               ~     ^^^^^ yaml-syntax: "<<" takes a map or a list of maps, this is a text: deployKF refuses the whole file
        notebooks: { <<: *list }
                   ~     ^^^^^ yaml-syntax: "<<" takes a map or a list of maps, this is a list: deployKF refuses the whole file
        pipelines: { <<: *nothing }
                   ~     ^^^^^^^^ yaml-syntax: "<<" takes a map or a list of maps, this is null: deployKF refuses the whole file
        volumes: { <<: [*map, *key, 1, [a]] }
                 ~            ^^^^ yaml-syntax: "<<" takes a map or a list of maps, this is a text: deployKF refuses the whole file
                 ~                  ^ yaml-syntax: "<<" takes a map or a list of maps, this is a number: deployKF refuses the whole file
                 ~                     ^^^ yaml-syntax: "<<" takes a map or a list of maps, this is a list: deployKF refuses the whole file
        tensorboards:
          <<:
        ~ ^^ yaml-syntax: "<<" takes a map or a list of maps, this is null: deployKF refuses the whole file
        training_operator: { <<: true }
                           ~     ^^^^ yaml-syntax: "<<" takes a map or a list of maps, this is a switch: deployKF refuses the whole file
      `,
      { codes },
    ));

  it('accepts the merge keys that deployKF accepts, and those that a template fills in', () => {
    check(
      `
      x: &x v1
      kubeflow_tools:
        katib: &x { enabled: true }
        notebooks: { <<: *x }
        pipelines: { <<: [*x, { enabled: false }] }
        volumes: { <<: [] }
        tensorboards: { "<<": a, !!str <<: b }
        training_operator: { <<: "{{ .x }}" }
      `,
      { codes },
    );
    check('kubeflow_tools:\n  <<:\n    {{- if .x }}\n    katib: {}\n    {{- end }}\n', { codes });
  });

  it('refuses a directive that stands twice', () =>
    check(
      `
      %YAML 1.2
      %YAML 1.2
    ~ ^^^^^^^^^ yaml-syntax: The same "%" line is already above, remove one of them
      %TAG ! a:
      %TAG  ! b:
    ~ ^^^^^^^^^^ yaml-syntax: The same "%" line is already above, remove one of them
      ---
      kubeflow_tools: {}
      `,
      { codes },
    ));

  it('names what a merge has left once, also above all keys', () => {
    check(
      `
    <<<<<<< HEAD
  ~ ^^^^^^^^^^^^ yaml-syntax: A merge of git has left a conflict here: keep one side, and remove the lines of "<<<<<<<", "=======" and ">>>>>>>"
    argocd: {namespace: a}
    =======
    argocd: {namespace: b}
    >>>>>>> other
    deploykf_core: {}
    `,
      { codes },
    );
    check(
      `
    kubeflow_tools:
      katib:
    <<<<<<< HEAD
  ~ ^^^^^^^^^^^^ yaml-syntax: A merge of git has left a conflict here: keep one side, and remove the lines of "<<<<<<<", "=======" and ">>>>>>>"
        enabled: true
    =======
        enabled: false
    >>>>>>> other
    `,
      { codes },
    );
  });

  it('accepts what deployKF accepts', () => {
    check('', { codes });
    check('# nothing yet\n---\n~\n', { codes });
    check('\uFEFFkubeflow_tools: {}\r\ndeploykf_core: &a\r\n  x: "*b"\r\n  y: x\r\ndeploykf_opt: *a\r\n', {
      codes,
    });
    check('? &key kubeflow_tools\n: { katib: *key }\n', { codes });
    check('kubeflow_tools:\n  x: "{{ .Values.x }}" # *no alias\n', { codes });
    check('kubeflow_tools:\n  ? &key\n  : &value\n  ? !!null\n  : *key\n', { codes });
    check('kubeflow_tools:\n: 1\n', { codes });
    check('kubeflow_tools:\n  katib: {}\n  ? ', { codes });
    check('kubeflow_tools: {}\r', { codes });
    check('kubeflow_tools:\r  katib:\n    enabled: true\n\r', { codes });
    check('%YAML 1.2\n%TAG ! a:\n%TAG !b! b:\n---\nkubeflow_tools: {}\n...\n%YAML 1.2\n---\n~\n', { codes });
  });
});
