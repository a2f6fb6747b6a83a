import type { StackView } from '../analysis/stackView.ts';
import { DOCKER_HUB } from '../image/reference.ts';
import { defaultLayout, policyForRegistry, REGISTRY_LAYOUTS, type LayoutId } from '../policy/presets.ts';
import { rewriteRepository } from '../policy/rewrite.ts';

/** A way to lay out a registry, with an image before and after. */
export interface LayoutExample {
  readonly id: LayoutId;
  readonly label: string;
  readonly example: string;
  readonly isSuggested: boolean;
}

/** The layouts of a registry that can be used, the suggested one first, shown by images that the stack pulls. */
export function registryLayouts(registry: string, view: StackView | undefined): readonly LayoutExample[] {
  const suggested = defaultLayout(registry);
  const repositories =
    view?.images.flatMap(({ enabled, canonical = '' }) => (enabled ? [canonical] : [])) ?? [];
  const layouts = REGISTRY_LAYOUTS.map(({ id, label, description }): LayoutExample => ({
    id,
    label,
    example: exampleOf(registry, id, repositories) ?? description,
    isSuggested: id === suggested,
  }));
  return layouts.toSorted((a, b) => Number(b.isSuggested) - Number(a.isSuggested));
}

function exampleOf(registry: string, id: LayoutId, repositories: readonly string[]): string | undefined {
  const policy = policyForRegistry(registry, id);
  if (policy === undefined) return undefined;
  const telling = repositories.find(repository => isTelling(id, repository));
  for (const repository of [telling ?? fallback(id), fallback(id)]) {
    const rewrite = rewriteRepository(policy, repository);
    if (rewrite.kind === 'rewritten') return `${repository} → ${rewrite.repository}`;
  }
  return undefined;
}

/** Layouts that only differ on official images need one of these; the others an image that has a path. */
function isTelling(id: LayoutId, repository: string): boolean {
  if (id.startsWith('host-swap')) return repository.startsWith(`${DOCKER_HUB}/library/`);
  return repository.startsWith(`${DOCKER_HUB}/istio/`);
}

function fallback(id: LayoutId): string {
  return id.startsWith('host-swap') ? 'docker.io/library/mysql' : 'docker.io/istio/pilot';
}
