import { check } from '../../../support/fixture.ts';

const codes = ['pull-secrets-release'];

describe('pull-secrets-release', () => {
  it('reports the block of every layer for an older release', () =>
    check(
      `
      ~ file: base.yaml
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
          ~ ^^^^^^^^^^^^^^^^ pull-secrets-release: deployKF 0.1.2 has no pull-secret policy, it was added in 0.1.3: this block is ignored
              enabled: true
      ~ file: prod.yaml
      deploykf_dependencies: { kyverno: { clusterPolicies: { imagePullSecrets: {} } } }
                                                           ~ ^^^^^^^^^^^^^^^^ pull-secrets-release: deployKF 0.1.2 has no pull-secret policy, it was added in 0.1.3: this block is ignored
      `,
      { codes, release: '0.1.2' },
    ));

  it('stays silent from 0.1.3 on', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets:
              enabled: true
      `,
      { codes, release: '0.1.3' },
    ));

  it('tells the anchor where the block comes by an alias', () =>
    check(
      `
      x: &x { imagePullSecrets: { enabled: true } }
            ~ ^^^^^^^^^^^^^^^^ pull-secrets-release: deployKF 0.1.0 has no pull-secret policy, it was added in 0.1.3: this block is ignored
      deploykf_dependencies: { kyverno: { clusterPolicies: *x } }
      `,
      { codes, release: '0.1.0' },
    ));

  it('is the only one that speaks of the block, but not of what is beside it', () => {
    const both = { codes: [...codes, 'value-unknown'], release: '0.1.2' };
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
          ~ ^^^^^^^^^^^^^^^^ pull-secrets-release: deployKF 0.1.2 has no pull-secret policy, it was added in 0.1.3: this block is ignored
      `,
      both,
    );
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
        ~ ^^^^^^^^^^^^^^^ value-unknown: deployKF 0.1.2 has no value "clusterPolicies" in "deploykf_dependencies.kyverno", but 0.1.3 to 0.1.5 do
            imagePullSecrets: { enabled: true }
          ~ ^^^^^^^^^^^^^^^^ pull-secrets-release: deployKF 0.1.2 has no pull-secret policy, it was added in 0.1.3: this block is ignored
            other: {}
      `,
      both,
    );
  });
});
