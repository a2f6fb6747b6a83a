import { check, fix, fixTitles } from '../../../support/fixture.ts';
import assert from 'node:assert/strict';

const codes = ['yaml-duplicate-key'];

describe('yaml-duplicate-key', () => {
  it('stands at the second key, at any depth and in lists', () =>
    check(
      `
      kubeflow_tools:
        katib: { enabled: true, "enabled": false }
                              ~ ^^^^^^^^^ yaml-duplicate-key: "enabled" is already on line 2, deployKF refuses the whole file: remove one of them
        list:
          - { 1: a, "1": b }
                  ~ ^^^ yaml-duplicate-key: "1" is already on line 4, deployKF refuses the whole file: remove one of them
        katib:
      ~ ^^^^^ yaml-duplicate-key: "katib" is already on line 2, deployKF refuses the whole file: remove one of them
          images: {}
      kubeflow_tools: {}
    ~ ^^^^^^^^^^^^^^ yaml-duplicate-key: "kubeflow_tools" is already on line 1, deployKF refuses the whole file: remove one of them
      `,
      { codes },
    ));

  it('counts a second merge key, but not what merge keys bring in', () =>
    check(
      `
      deploykf_core:
        a: &a { x: 1, y: 2 }
        b: &b { y: 3 }
        c: { <<: [*a, *b], x: 4 }
        d:
          <<: *a
          <<: *b
        ~ ^^ yaml-duplicate-key: "<<" is already on line 6, deployKF refuses the whole file: write one with a list
      `,
      { codes },
    ));

  it('looks at no document that deployKF drops', () =>
    check('deploykf_core: {}\n---\na: 1\na: 2\n', { codes }));

  it('removes the second where both say the same', () =>
    fix(
      'kubeflow_tools:\r\n  katib:\r\n    enabled: true # yes\r\n    enabled: true\r\n    x: 1\r\n',
      'kubeflow_tools:\r\n  katib:\r\n    enabled: true # yes\r\n    x: 1\r\n',
      { codes },
    ));

  it('does not say what stands in a Secret', () =>
    assert.deepEqual(
      fixTitles(
        `
        deploykf_dependencies:
          kyverno:
            extraManifests: [{ kind: Secret, data: { a: b2xk, a: bmV3 } }]
        `,
        { codes },
      ),
      ['Keep the second "…"', 'Keep the first "…"'],
    ));

  it('lets choose between two values', () => {
    const before = `
      kubeflow_tools:
        katib: { enabled: true, enabled: no }
    `;
    assert.deepEqual(fixTitles(before, { codes }), ['Keep "enabled: no"', 'Keep "enabled: true"']);
    fix(
      before,
      `
      kubeflow_tools:
        katib: { enabled: no }
    `,
      { codes, title: /no"$/ },
    );
    fix(
      before,
      `
      kubeflow_tools:
        katib: { enabled: true }
    `,
      { codes, title: /true"$/ },
    );
  });

  it('leaves whole sections to a person', () =>
    assert.deepEqual(
      fixTitles('kubeflow_tools:\n  katib: {}\n  katib:\n    enabled: true\n', { codes }),
      [],
    ));
});
