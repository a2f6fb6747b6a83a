import { check } from '../../../support/fixture.ts';

describe('suppression-invalid', () => {
  it('names what is meant', () =>
    check(
      `
    # deploykf-values-ignore-fil value-type our fork
  ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-invalid: "deploykf-values-ignore-fil" suppresses nothing, did you mean "deploykf-values-ignore-file"?
    kubeflow_tools:
      # deploykf-values-ignore
    ~ ^^^^^^^^^^^^^^^^^^^^^^^^ suppression-invalid: "deploykf-values-ignore" suppresses nothing: write the code of a rule and a reason after it
      katib:
        # deploykf-values-ignore value-tipe our fork
                               ~ ^^^^^^^^^^ suppression-invalid: There is no rule "value-tipe" to suppress, did you mean "value-type"?
        enabled: "yes"
    `,
      { codes: ['suppression-invalid', 'value-type'] },
    ));

  it('suppresses nothing without a reason, and asks for one', () =>
    check(
      `
    kubeflow_tools:
      katib:
        images: [1] # deploykf-values-ignore value-type
      ~ ^^^^^^ value-type: "kubeflow_tools.katib.images" must be a map, not a list
                  ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-invalid: value-type: not suppressed without a reason, write one after the code
    `,
      { codes: ['suppression-invalid', 'value-type'] },
    ));

  it('can be suppressed itself', () =>
    check(
      `
    # deploykf-values-ignore-file suppression-invalid the reasons are in our wiki
    kubeflow_tools:
      katib:
        images: [1] # deploykf-values-ignore value-type
      ~ ^^^^^^ value-type: "kubeflow_tools.katib.images" must be a map, not a list
    `,
      { codes: ['suppression-invalid', 'suppression-unused', 'value-type'] },
    ));
});
