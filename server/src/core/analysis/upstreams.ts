import { canonicalRepository, registryOf } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import type { StackView } from './stackView.ts';
import { upstreamOf } from '../policy/reverse.ts';
import { rewriteRepository } from '../policy/rewrite.ts';

/** The canonical repositories that the release pulls from by default, each once. */
export function defaultRepositories({ catalog }: StackView): readonly string[] {
  const repositories = new Set<string>();
  for (const { path, form, repository } of catalog.catalog.images) {
    const value = catalog.defaultAt(form === 'map' ? `${path}.repository` : path);
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value, repository.fallback];
    for (const text of texts) {
      if (typeof text !== 'string') continue;
      const canonical = canonicalRepository(splitImage(text).repository);
      if (canonical !== undefined) repositories.add(canonical);
    }
  }
  return [...repositories];
}

/** The registries that a release pulls from, also for images that no value can change and for those of the ArgoCD plugin. */
export function upstreamRegistries(view: StackView): readonly string[] {
  const { hiddenImages, pluginImages } = view.catalog.catalog;
  const others = [...hiddenImages, ...pluginImages].map(({ reference }) =>
    canonicalRepository(splitImage(reference).repository),
  );
  const registries = [...defaultRepositories(view), ...others].map(name => registryOf(name ?? ''));
  return [...new Set(registries.filter(registry => registry !== undefined))].sort();
}

/**
 * The way back from a private repository to its canonical upstream; the release's own repositories decide first. It
 * answers `undefined` where the repository is not private, or has no or several upstreams. Made once for many questions.
 */
export function upstreamFinder(view: StackView): (repository: string) => string | undefined {
  const { policy } = view;
  if (policy === undefined) return () => undefined;
  const known = new Map<string, Set<string>>();
  for (const upstream of defaultRepositories(view)) {
    const rewrite = rewriteRepository(policy, upstream);
    if (rewrite.kind !== 'rewritten') continue;
    const mirror = canonicalRepository(rewrite.repository);
    if (mirror !== undefined) known.set(mirror, (known.get(mirror) ?? new Set()).add(upstream));
  }
  return repository => {
    const listed = known.get(canonicalRepository(repository) ?? '');
    if (listed === undefined) return upstreamOf(policy, repository);
    if (listed.size !== 1) return undefined;
    return [...listed][0];
  };
}
