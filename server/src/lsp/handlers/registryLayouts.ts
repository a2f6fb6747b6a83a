import { RequestType } from 'vscode-languageserver';
import { defaultLayout, policyForRegistry, REGISTRY_LAYOUTS, registryProblem } from '../../core/policy/presets.ts';
import { rewriteReference } from '../../core/policy/rewrite.ts';
import {
  registryLayoutsRequest,
  type RegistryLayoutChoice,
  type RegistryLayoutsParams,
  type RegistryLayoutsResult,
} from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

/** An image of deployKF whose name has several parts, so that the layouts differ on it. */
const sample = 'docker.io/istio/proxyv2:1.17.8';

export const registryLayoutsHandler = defineHandler(
  new RequestType<RegistryLayoutsParams, RegistryLayoutsResult, void>(registryLayoutsRequest),
  (_session, { registry }) => {
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
  },
);

function example(registry: string, layout: string): string | undefined {
  const policy = policyForRegistry(registry, layout);
  const rewrite = policy && rewriteReference(policy, sample);
  return rewrite?.kind === 'rewritten' ? `${sample} → ${rewrite.reference}` : undefined;
}
