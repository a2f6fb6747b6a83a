import { upTo, withoutEnd } from '../text/cut.ts';
import { REGISTRY_LAYOUTS, type RegistryLayout } from './presets.ts';
import { rewriteRepository } from './rewrite.ts';
import type { RegistryPolicy } from './types.ts';

/** Images that tell all layouts apart. */
const samples: readonly string[] = [
  'docker.io/istio/pilot',
  'docker.io/library/mysql',
  'ghcr.io/acme/tools/one',
  'quay.io/acme/two',
];

/** The layout that a policy follows, by what it does; `undefined`: none of ours. */
export function layoutOf(policy: RegistryPolicy): RegistryLayout | undefined {
  const target = policy.rules.find(rule => rule.target !== null)?.target ?? '';
  const prefix = withoutEnd(upTo(target, '{'), '/');
  const places = [prefix, prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))];
  const own = rewritesOf(policy);
  return REGISTRY_LAYOUTS.find(({ rules }) =>
    places.some(place => place !== '' && rewritesOf({ rules: rules(place), private: [] }) === own),
  );
}

function rewritesOf(policy: RegistryPolicy): string {
  return samples
    .map(sample => {
      const rewrite = rewriteRepository(policy, sample);
      return rewrite.kind === 'rewritten' ? rewrite.repository : rewrite.kind;
    })
    .join('\n');
}
