import { canonicalRepository, registryOf } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { defaultRepositories, defaultRewrites } from './defaultRewrites.ts';
import type { StackView } from './stackView.ts';
import { upstreamOf } from '../policy/reverse.ts';

/** The registries that a release pulls from, also for images that no value can change and for those of the ArgoCD plugin. */
export function upstreamRegistries(view: StackView): readonly string[] {
  const { hiddenImages, pluginImages } = view.catalog.catalog;
  const others = [...hiddenImages, ...pluginImages].map(({ reference }) =>
    canonicalRepository(splitImage(reference).repository),
  );
  const registries = [...view.catalog.memo(defaultRepositories), ...others].map(name =>
    registryOf(name ?? ''),
  );
  return [...new Set(registries.filter(registry => registry !== undefined))].sort();
}

/**
 * The way back from a private repository to its canonical upstream; the release's own repositories decide first. It
 * answers `undefined` where the repository is not private, or has no or several upstreams. Made once for many questions.
 */
export function upstreamFinder(view: StackView): (repository: string) => string | undefined {
  const { policy } = view;
  if (policy === undefined) return () => undefined;
  const { upstreams } = defaultRewrites(view.catalog, policy);
  return repository => {
    const listed = upstreams.get(canonicalRepository(repository) ?? '');
    if (listed === undefined) return upstreamOf(policy, repository);
    return listed.length === 1 ? listed[0] : undefined;
  };
}
