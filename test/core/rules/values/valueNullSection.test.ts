import { check, fix } from '../../../support/fixture.ts';

const codes = ['value-null-section'];

describe('value-null-section', () => {
  it('reports a section whose lines are all commented out', () =>
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
        ~ ^^^^^^ value-null-section: "deploykf_core.deploykf_auth.images" is null, which removes all its defaults: generation fails; write {} or remove the key
            # dex:
            #   tag: v2
      kubeflow_tools:
    ~ ^^^^^^^^^^^^^^ value-null-section: "kubeflow_tools" is null, which removes all its defaults: generation fails; write {} or remove the key
      `,
      { codes },
    ));

  it('stays silent where a later layer has the section, and for open sections', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_core:
        deploykf_auth: { images: ~ }
      deploykf_dependencies:
        istio: { valuesOverrides: ~, images: { istioProxy: { tag: ~ } } }
      ~ file: prod.yaml
      deploykf_core:
        deploykf_auth: { images: { dex: { tag: v2 } } }
      `,
      { codes },
    ));

  it('writes {}', () =>
    fix(
      `
      deploykf_core:
        deploykf_auth:
          images: # none
        deploykf_dashboard: { images: ~ }
      `,
      `
      deploykf_core:
        deploykf_auth:
          images: {} # none
        deploykf_dashboard: { images: {} }
      `,
      { codes },
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
