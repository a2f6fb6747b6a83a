import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { rewriteCanonical, rewriteRepository, type Rewrite } from '../policy/rewrite.ts';
import type { RegistryPolicy } from '../policy/types.ts';

/** What a policy makes of the repositories that a release pulls from by default. */
export interface DefaultRewrites {
  /** By canonical repository. */
  readonly rewrites: ReadonlyMap<string, Rewrite>;
  /** By canonical target, the repositories that are rewritten to it. */
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  /** Of what replaces them, by its repository, once it was asked for. */
  readonly replacements: Map<string, Rewrite>;
}

/** The same in every stack of the release with the policy, and so made once for all of them. */
export function defaultRewrites(catalog: CatalogIndex, policy: RegistryPolicy): DefaultRewrites {
  const known = catalog.memo(byPolicy);
  const made = known.get(policy) ?? makeRewrites(catalog, policy);
  known.set(policy, made);
  return made;
}

function byPolicy(): WeakMap<RegistryPolicy, DefaultRewrites> {
  return new WeakMap();
}

function makeRewrites(catalog: CatalogIndex, policy: RegistryPolicy): DefaultRewrites {
  const rewrites = new Map<string, Rewrite>();
  const upstreams = new Map<string, string[]>();
  for (const upstream of catalog.memo(defaultRepositories)) {
    const rewrite = rewriteCanonical(policy, upstream);
    rewrites.set(upstream, rewrite);
    const target = rewrite.kind === 'rewritten' ? canonicalRepository(rewrite.repository) : undefined;
    if (target !== undefined) upstreams.set(target, [...(upstreams.get(target) ?? []), upstream]);
  }
  return { rewrites, upstreams, replacements: new Map() };
}

interface Replaced {
  /** The repository that is gone; `undefined`: it is not known. */
  readonly canonical: string | undefined;
  readonly replacement: string;
}

/** What a policy makes of the repository that replaces another one. */
export function rewriteReplacement(
  { rewrites, replacements }: DefaultRewrites,
  policy: RegistryPolicy,
  { canonical, replacement }: Replaced,
): Rewrite {
  const rewrite = replacements.get(replacement) ?? rewriteRepository(policy, replacement);
  // There is an end to what the release pulls by default, but not to what users write.
  if (canonical !== undefined && rewrites.has(canonical)) replacements.set(replacement, rewrite);
  return rewrite;
}

/** The canonical repositories that the release pulls from by default, each once. */
export function defaultRepositories(catalog: CatalogIndex): readonly string[] {
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
