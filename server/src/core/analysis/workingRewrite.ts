import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { RetiredFinding } from '../catalog/retired.ts';
import { canonicalRepository } from '../image/repository.ts';
import { rewriteCanonical, type Rewrite } from '../policy/rewrite.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import { defaultRewrites, rewriteReplacement } from './defaultRewrites.ts';

export interface WorkingRewrite {
  readonly rewrite: Rewrite;
  /** The repository that the target is that of, where it is another one than the image's own. */
  readonly instead: string | undefined;
}

interface PolicyContext {
  readonly catalog: CatalogIndex;
  readonly policy: RegistryPolicy | undefined;
}

/**
 * What the policy makes of a repository so that the image can be pulled after it: where the upstream is gone, the target
 * of what is known to hold the same tag. A place that a rule names for just this repository stays, and a digest is never
 * carried to another repository. `undefined` without a policy.
 */
export function workingRewrite(
  { catalog, policy }: PolicyContext,
  canonical: string,
  retired: RetiredFinding | undefined,
  rendered: string | undefined,
): WorkingRewrite | undefined {
  if (policy === undefined) return undefined;
  const known = defaultRewrites(catalog, policy);
  const rewrite = known.rewrites.get(canonical) ?? rewriteCanonical(policy, canonical);
  const plain = { rewrite, instead: undefined };
  const replacement = retired?.sameTag === true ? retired.replacement : undefined;
  if (rewrite.kind !== 'rewritten' || replacement === undefined || hasDigest(rendered)) return plain;
  const { source, images } = rewrite.rule;
  if (Object.hasOwn(images, canonical) || canonicalRepository(source) === canonical) return plain;
  const working = rewriteReplacement(known, policy, { canonical, replacement });
  if (working.kind !== 'rewritten') return plain;
  return { rewrite: working, instead: replacement };
}

/** Whether a reference names an image by its content. */
export function hasDigest(rendered: string | undefined): boolean {
  return rendered?.includes('@') === true;
}
