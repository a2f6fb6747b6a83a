import { shownReference, type ImageEntry } from '../analysis/images.ts';
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
  const samples = view?.images.filter(({ enabled, canonical }) => enabled && canonical !== undefined) ?? [];
  const layouts = REGISTRY_LAYOUTS.map(({ id, label, description }): LayoutExample => ({
    id,
    label,
    example: exampleOf(registry, id, samples) ?? description,
    isSuggested: id === suggested,
  }));
  return layouts.toSorted((a, b) => Number(b.isSuggested) - Number(a.isSuggested));
}

function exampleOf(registry: string, id: LayoutId, samples: readonly ImageEntry[]): string | undefined {
  const policy = policyForRegistry(registry, id);
  if (policy === undefined) return undefined;
  const preferred = samples.find(({ canonical = '' }) => isTelling(id, canonical));
  for (const { canonical: repository = '', reference } of [...asSamples(preferred), fallback(id)]) {
    const rewrite = rewriteRepository(policy, repository);
    if (rewrite.kind !== 'rewritten' || !reference.startsWith(repository)) continue;
    return `${reference} → ${rewrite.repository}${reference.slice(repository.length)}`;
  }
  return undefined;
}

interface Sample {
  readonly canonical?: string | undefined;
  readonly reference: string;
}

function asSamples(entry: ImageEntry | undefined): readonly Sample[] {
  if (entry === undefined) return [];
  return [{ canonical: entry.canonical, reference: shownReference(entry) }];
}

/** Layouts that only differ on official images need one of these; the others an image that has a path. */
function isTelling(id: LayoutId, repository: string): boolean {
  if (id.startsWith('host-swap')) return repository.startsWith(`${DOCKER_HUB}/library/`);
  return repository.startsWith(`${DOCKER_HUB}/istio/`);
}

function fallback(id: LayoutId): Sample {
  const repository = id.startsWith('host-swap') ? 'docker.io/library/mysql' : 'docker.io/istio/pilot';
  return { canonical: repository, reference: repository };
}
