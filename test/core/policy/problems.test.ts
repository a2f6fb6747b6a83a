import assert from 'node:assert/strict';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { policyProblems } from '../../../server/src/core/policy/problems.ts';
import type { MirrorRule } from '../../../server/src/core/policy/types.ts';

function problems(rule: MirrorRule, ...repositories: readonly string[]): readonly string[] {
  return policyProblems({ rules: [rule], private: [] }, repositories).map(
    ({ kind, message }) => `${kind}: ${message}`,
  );
}

describe('policyProblems', () => {
  it('finds two sources with one target', () =>
    assert.deepEqual(problems(mirrorRule('*', 'r.corp'), 'quay.io/a/b', 'ghcr.io/a/b', 'ghcr.io/a/c'), [
      'collision: ghcr.io/a/b and quay.io/a/b would share "r.corp/a/b": keep more of the path or add {registry}',
    ]));

  it('takes two spellings of one image for one', () =>
    assert.deepEqual(problems(mirrorRule('*', 'r.corp'), 'mysql', 'docker.io/library/mysql'), []));

  it('finds illegal targets', () =>
    assert.deepEqual(problems(mirrorRule('*', 'r.corp/'), 'ghcr.io/a/b'), [
      'illegal: ghcr.io/a/b cannot become "r.corp//a/b": "//" leaves an empty part: write one "/"',
    ]));

  it('finds names that many clients refuse', () => {
    const target = `r.corp/${'a'.repeat(245)}`;
    assert.deepEqual(problems(mirrorRule('*', target), 'ghcr.io/a/b'), [
      `length: "${target}/a/b" has 256 characters, many clients allow 255: shorten the target`,
    ]);
  });

  it('knows registries with two levels', () => {
    assert.deepEqual(problems(mirrorRule('*', 'docker.io/acme'), 'ghcr.io/a/b'), [
      'levels: Docker Hub allows account/name, "docker.io/acme/a/b" has 3 parts: use path: flat',
    ]);
    const registry = 'image-registry.openshift-image-registry.svc:5000';
    assert.deepEqual(problems(mirrorRule('*', `${registry}/kf`, { path: 'flat' }), 'ghcr.io/a/b'), []);
    assert.deepEqual(problems(mirrorRule('*', `${registry}/kf`), 'ghcr.io/a/b'), [
      `levels: OpenShift's registry needs project/name, "${registry}/kf/a/b" has 3 parts: use path: flat`,
    ]);
  });

  it('knows what products cannot proxy', () => {
    assert.deepEqual(
      problems(mirrorRule('*', '1.dkr.ecr.eu-west-1.amazonaws.com/m'), 'gcr.io/a/b', 'ghcr.io/a/c'),
      [
        'unsupported: Amazon ECR cannot pull through from gcr.io: create these repositories and push the images',
      ],
    );
    assert.deepEqual(
      problems(mirrorRule('*', 'g.corp/p/dependency_proxy/containers'), 'quay.io/a/b', 'mysql'),
      [
        "unsupported: GitLab's dependency proxy cannot fetch from quay.io, only from Docker Hub: push the images",
      ],
    );
    assert.deepEqual(problems(mirrorRule('*', 'nexus.corp/repository/docker'), 'mysql'), [
      'unsupported: Nexus does not serve images under /repository/, so those of docker.io cannot be pulled: use its path or port routing',
    ]);
  });
});
