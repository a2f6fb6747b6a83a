import assert from 'node:assert/strict';
import {
  REGISTRY_LAYOUTS,
  policyForRegistry,
  registryProblem,
} from '../../../server/src/core/policy/presets.ts';
import { policyProblems } from '../../../server/src/core/policy/problems.ts';
import { rewriteRepository } from '../../../server/src/core/policy/rewrite.ts';

const NAMES = [
  'istio/proxyv2',
  'mysql',
  'ghcr.io/dexidp/dex',
  'quay.io/jetstack/cert-manager-controller',
  'gcr.io/a/b',
];

function outputs(registry: string, layout?: string): readonly string[] {
  const policy = policyForRegistry(registry, layout);
  assert.ok(policy);
  return NAMES.slice(0, 3).map(name => {
    const rewrite = rewriteRepository(policy, name);
    return rewrite.kind === 'rewritten' ? rewrite.repository : rewrite.kind;
  });
}

describe('policyForRegistry', () => {
  const cases: readonly (readonly [
    registry: string,
    layout: string | undefined,
    expected: readonly string[],
  ])[] = [
    [
      'r.corp',
      undefined,
      ['r.corp/docker.io/istio/proxyv2', 'r.corp/docker.io/library/mysql', 'r.corp/ghcr.io/dexidp/dex'],
    ],
    [
      'https://r.corp/m/',
      'host-swap',
      ['r.corp/m/istio/proxyv2', 'r.corp/m/library/mysql', 'r.corp/m/dexidp/dex'],
    ],
    ['r.corp', 'host-swap-familiar', ['r.corp/istio/proxyv2', 'r.corp/mysql', 'r.corp/dexidp/dex']],
    [
      'r.corp',
      'project-per-upstream',
      ['r.corp/dockerhub/istio/proxyv2', 'r.corp/dockerhub/library/mysql', 'r.corp/ghcr/dexidp/dex'],
    ],
    [
      'docker.io/acme',
      undefined,
      ['docker.io/acme/istio-proxyv2', 'docker.io/acme/library-mysql', 'docker.io/acme/dexidp-dex'],
    ],
    ['r.corp/m', 'last', ['r.corp/m/proxyv2', 'r.corp/m/mysql', 'r.corp/m/dex']],
  ];
  for (const [registry, layout, expected] of cases) {
    it(`lays out ${registry} by ${layout ?? 'default'}`, () =>
      assert.deepEqual(outputs(registry, layout), expected));
  }

  it('has no problems with its own layouts', () => {
    for (const { id } of REGISTRY_LAYOUTS) {
      const policy = policyForRegistry('r.corp:5000/m', id);
      assert.deepEqual(policy && policyProblems(policy, NAMES), []);
    }
  });

  it('refuses what is no registry', () => {
    const texts = ['', 'acme', 'docker.io', 'r.corp/Acme', 'r.corp:x', 'a b.corp', 'r.corp/{name}'];
    assert.deepEqual(texts.map(registryProblem), [
      'the registry is empty: write its host, such as registry.example.com',
      '"acme" is not a registry host: write it with its domain or port',
      'name your account too, such as docker.io/account',
      '"Acme" has upper-case letters: write "acme"',
      '"x" is not a port: use a number from 1 to 65535',
      'white space is not allowed in an image reference: remove it',
      '"{name}" is not a valid part of a path: use lower-case letters and digits, with ".", "_", "__" or "-" only between them',
    ]);
    assert.deepEqual(
      texts.map(text => policyForRegistry(text)).filter(policy => policy !== undefined),
      [],
    );
    assert.equal(policyForRegistry('r.corp', 'unheard-of'), undefined);
  });
});
