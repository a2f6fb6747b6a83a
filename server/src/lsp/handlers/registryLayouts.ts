import {
  defaultLayout,
  policyForRegistry,
  REGISTRY_LAYOUTS,
  registryProblem,
} from '../../core/policy/presets.ts';
import { rewriteRepository } from '../../core/policy/rewrite.ts';
import { registryLayoutsRequest, type RegistryLayoutChoice } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

export const registryLayoutsHandler = defineHandler(registryLayoutsRequest, (_session, { registry }) => {
  const problem = registryProblem(registry);
  if (problem !== undefined) return { problem, layouts: [] };
  const suggested = defaultLayout(registry);
  const layouts = REGISTRY_LAYOUTS.map(({ id, label, description }): RegistryLayoutChoice => ({
    id,
    label,
    example: example(registry, id) ?? description,
    isSuggested: id === suggested,
  }));
  return { layouts: layouts.toSorted((a, b) => Number(b.isSuggested) - Number(a.isSuggested)) };
});

function example(registry: string, layout: string): string | undefined {
  const policy = policyForRegistry(registry, layout);
  const sample = sampleOf(layout);
  const rewrite = policy && rewriteRepository(policy, sample);
  if (rewrite?.kind !== 'rewritten') return undefined;
  return `${sample} → ${rewrite.repository}`;
}

/** An image that shows what a layout does: those that only differ on official images need one of these. */
function sampleOf(layout: string): string {
  if (layout.startsWith('host-swap')) return 'docker.io/library/mysql';
  return 'docker.io/istio/pilot';
}
