import assert from 'node:assert/strict';
import { withEveryUpstream } from '../../../server/src/core/policy/everyUpstream.ts';
import { layoutOf } from '../../../server/src/core/policy/layoutOf.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { policyForRegistry, REGISTRY_LAYOUTS } from '../../../server/src/core/policy/presets.ts';
import type { MirrorRule } from '../../../server/src/core/policy/types.ts';

/** The rules that are added for two registries, and the registries that are left without one. */
function added(...rules: readonly MirrorRule[]): readonly string[] {
  const { policy, left } = withEveryUpstream({ rules, private: [] }, ['quay.io', 'public.ecr.aws']);
  assert.deepEqual(policy.rules.slice(0, rules.length), rules);
  return [...policy.rules.slice(rules.length).map(({ source, target }) => `${source} ${target}`), ...left];
}

describe('a rule for every upstream registry', () => {
  it('follows the others, whatever they call the projects', () => {
    assert.deepEqual(
      added(mirrorRule('docker.io', 'r.corp/dockerhub'), mirrorRule('ghcr.io', 'r.corp/ghcr')),
      ['quay.io r.corp/quay', 'public.ecr.aws r.corp/public-ecr-aws'],
    );
    assert.deepEqual(added(mirrorRule('docker.io', 'r.corp/m/docker.io')), [
      'quay.io r.corp/m/quay.io',
      'public.ecr.aws r.corp/m/public.ecr.aws',
    ]);
    assert.deepEqual(added(mirrorRule('ghcr.io', 'r.corp/ghcr-io')), [
      'quay.io r.corp/quay-io',
      'public.ecr.aws r.corp/public-ecr-aws',
    ]);
  });

  it('is not needed where one is for everything', () =>
    assert.deepEqual(added(mirrorRule('*', 'r.corp')), []));

  it('is not guessed where the others follow no naming', () => {
    const left = ['quay.io', 'public.ecr.aws'];
    assert.deepEqual(added(mirrorRule('docker.io', 'r.corp/mirror')), left);
    assert.deepEqual(
      added(mirrorRule('docker.io', 'a.corp/dockerhub'), mirrorRule('ghcr.io', 'b.corp/ghcr')),
      left,
    );
    assert.deepEqual(added(mirrorRule('docker.io', null)), left);
    assert.deepEqual(added(mirrorRule('ghcr.io/deploykf', 'r.corp/ghcr')), left);
    assert.deepEqual(added(), left);
  });

  it('keeps the options of the others', () => {
    const rule = mirrorRule('ghcr.io', 'r.corp/ghcr', { path: 'flat', separator: '_' });
    const { policy } = withEveryUpstream({ rules: [rule], private: [] }, ['quay.io']);
    assert.deepEqual(policy.rules[1], { ...rule, source: 'quay.io', target: 'r.corp/quay' });
  });
});

describe('the layout of a policy', () => {
  it('is the one that it was made with', () => {
    for (const { id } of REGISTRY_LAYOUTS)
      for (const registry of ['r.example.com', 'r.example.com/mirror'])
        assert.equal(
          layoutOf(policyForRegistry(registry, id) ?? assert.fail())?.id,
          id,
          `${id} in ${registry}`,
        );
  });

  it('is none of ours where rules differ', () => {
    const rules = [mirrorRule('docker.io', 'r.corp/x'), mirrorRule('ghcr.io', 'other.corp/y')];
    assert.equal(layoutOf({ rules, private: [] }), undefined);
    assert.equal(layoutOf({ rules: [], private: ['r.corp'] }), undefined);
  });
});
