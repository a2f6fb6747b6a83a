import { check } from '../../../support/fixture.ts';

const codes = ['chart-ends-kind'];

describe('chart-ends-kind', () => {
  it('says which version of Kyverno ends the kind of its policies', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { charts: { kyverno: { version: 3.7.0 } } } # as elsewhere
                                               ~ ^^^^^ chart-ends-kind: Chart 3.7.0 has Kyverno 1.17 or later, which deprecates ClusterPolicy and is planned to drop it in 1.20: deployKF writes policies of this kind
      `,
      { codes },
    ));

  it('knows later versions, a leading v, and every release', () =>
    check(
      `
      deploykf_dependencies:
        kyverno: { charts: { kyverno: { version: v3.10.1 } } }
                                               ~ ^^^^^^^ chart-ends-kind: Chart v3.10.1 has Kyverno 1.17 or later, which deprecates ClusterPolicy and is planned to drop it in 1.20: deployKF writes policies of this kind
      `,
      { codes, release: '0.1.0' },
    ));

  for (const version of ['3.0.1', '3.6.4', '"3.x"', '"^3.7.0"', '${VERSION}', '3.7', '~']) {
    it(`stays silent for ${version}`, () =>
      check(`\ndeploykf_dependencies: { kyverno: { charts: { kyverno: { version: ${version} } } } }\n`, {
        codes,
      }));
  }

  it('stays silent while Kyverno is off', () =>
    check(
      '\ndeploykf_dependencies: { kyverno: { enabled: false, charts: { kyverno: { version: 3.9.0 } } } }\n',
      { codes },
    ));
});
