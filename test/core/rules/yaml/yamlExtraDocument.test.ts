import { check } from '../../../support/fixture.ts';

const codes = ['yaml-extra-document'];

describe('yaml-extra-document', () => {
  it('stands at the first document that is dropped', () =>
    check(
      `
      ---
      # nothing here
      ---
      kubeflow_tools: {}
      --- # more
      deploykf_core:
    ~ ^^^^^^^^^^^^^^ yaml-extra-document: deployKF reads only the first document and ignores everything from here: move it up or to a separate file
        deploykf_auth: {}
      ---
      deploykf_opt: {}
      `,
      { codes },
    ));

  it('stands at a list, too', () =>
    check(
      `
      kubeflow_tools: {}
      ---
      - "{{ x }}"
    ~ ^^^^^^^^^^^ yaml-extra-document: deployKF reads only the first document and ignores everything from here: move it up or to a separate file
      - b
      `,
      { codes },
    ));

  it('is silent for empty documents, and for what only looks like one', () => {
    check('kubeflow_tools: {}\r\n---\r\n# end\n---\n~\n...\n', { codes });
    check('kubeflow_tools:\n  x: |\n    ---\n    a: b\n', { codes });
  });
});
