import { check } from '../../support/fixture.ts';

describe('A comment in a text of a file', () => {
  it('reaches no more than that text, and is not called unused', () =>
    check(
      `
    kubeflow_tools:
      foo: |
    ~ ^^^ value-unknown: deployKF 0.1.5 has no value "foo" in "kubeflow_tools"
        # deploykf-values-ignore-file value-unknown in a block
        # deploykf-values-ignore value-unknown at its end
      last: 1
    ~ ^^^^ value-unknown: deployKF 0.1.5 has no value "last" in "kubeflow_tools"
      bar: "x
    ~ ^^^ value-unknown: deployKF 0.1.5 has no value "bar" in "kubeflow_tools"
        # deploykf-values-ignore-file value-unknown in quotes
        y"
      baz: 1 # deploykf-values-ignore value-unknown ours
    `,
      { codes: ['suppression-invalid', 'suppression-unused', 'value-unknown'] },
    ));
});
