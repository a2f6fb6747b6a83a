import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['suppression-unused', 'value-type', 'value-unknown'];

describe('suppression-unused', () => {
  it('says which comments suppress nothing', () =>
    check(
      `
    kubeflow_tools:
      # deploykf-values-ignore-block value-type,value-unknown our fork
    ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-unused: value-type, value-unknown: nothing to suppress here, remove this comment
      katib:
        enabled: "yes"
      pipelines:
        enabled: true # deploykf-values-ignore value-type our fork
                    ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-unused: value-type: nothing to suppress here, remove this comment
    # deploykf-values-ignore-file value-unknown our fork
  ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-unused: value-unknown: nothing to suppress in this file, remove this comment
    `,
      { codes },
    ));

  it('is silent about what is used, in a line, a block and a file', () =>
    check(
      `
    # deploykf-values-ignore-file value-unknown our fork has more
    kubeflow_tools:
      nonsense: 1
      # deploykf-values-ignore value-type our fork
      katib: [1]
      # deploykf-values-ignore-block value-type our fork
      pipelines:
        images:
          kfpApiServer: [1]
    `,
      { codes },
    ));

  it('is silent where not all is known', () => {
    check(
      `
    kubeflow_tools:
      # deploykf-values-ignore image-public there is no policy here
      # deploykf-values-ignore pull-secrets-uncovered nobody looked for Secrets
      # deploykf-values-ignore stack-file-missing the stack may be defined elsewhere
      katib:
        enabled: true
    `,
      { codes },
    );
    check(
      `
    # deploykf-values-ignore value-type the rest cannot be read
    kubeflow_tools:
      katib: {
    `,
      { codes },
    );
  });

  const before = `
    # a comment
    kubeflow_tools:
      # deploykf-values-ignore value-type our fork
      katib: # deploykf-values-ignore value-type our fork
        enabled: true
      # deploykf-values-ignore value-type,value-unknown,value-null-section our fork
      nonsense: 1
    # deploykf-values-ignore-file value-type our fork`;
  const after = `
    # a comment
    kubeflow_tools:
      katib:
        enabled: true
      # deploykf-values-ignore value-unknown our fork
      nonsense: 1`;

  it('removes comments with their lines, and codes from those that stay', () =>
    fix(before, after, { codes, title: /^Remove .*comment$/ }));

  it('names what it removes', () =>
    assert.deepEqual(fixTitles(before, { codes }), [
      'Remove the comment',
      'Remove the comment',
      'Remove value-type, value-null-section from the comment',
      'Remove the comment',
    ]));
});
