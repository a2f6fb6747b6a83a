import type { ImageCopy, MirrorPlan } from '../mirror/types.ts';
import { splitImage } from '../image/splitImage.ts';
import type { RenderedImage } from './types.ts';

/**
 * How an image of a manifest stands to a plan. `same`: it is in it. `public`: it is pulled from where it comes from, although the
 * policy maps it. `unknown`: it is not a reference, or another tool has yet to fill it in. `other-digest`: it runs with a digest that is not the lock's. `other-tag`: only another tag of it is in the plan.
 * `missing`: nothing of it is.
 */
export type PlanState = 'same' | 'public' | 'other-digest' | 'other-tag' | 'unknown' | 'missing';

export interface ComparedImage {
  readonly found: RenderedImage;
  readonly state: PlanState;
  /** The copies of the plan that it is, or nearly is. */
  readonly copies: readonly ImageCopy[];
}

export interface Comparison {
  readonly images: readonly ComparedImage[];
  /** What the plan has and no manifest names; without the images of the ArgoCD plugin. */
  readonly notRendered: readonly ImageCopy[];
}

/** Lays the images of manifests beside a plan. */
export function compareWithPlan(found: readonly RenderedImage[], { copies }: MirrorPlan): Comparison {
  const byTarget = groupBy(copies, ({ target }) => [target]);
  const bySource = groupBy(copies, ({ source, replaces }) => [source, replaces]);
  const byRepository = groupBy(copies, ({ source, target, replaces }) =>
    [source, target, replaces].map(text => text && splitImage(text).repository),
  );
  const seen = new Set<ImageCopy>();
  const images = found.map((image): ComparedImage => {
    if (image.image === undefined)
      return { found: image, state: image.how === 'istio-auto' ? 'same' : 'unknown', copies: [] };
    const text = image.image;
    const pulled = byTarget.get(text) ?? [];
    const sources = bySource.get(text) ?? [];
    for (const copy of [...pulled, ...sources]) seen.add(copy);
    if (pulled.length > 0)
      return { found: image, state: hasOtherDigest(image, pulled) ? 'other-digest' : 'same', copies: pulled };
    const isMapped = sources.some(({ target }) => target !== undefined);
    if (sources.length > 0) return { found: image, state: isMapped ? 'public' : 'same', copies: sources };
    const { repository, digest } = splitImage(text);
    const near = byRepository.get(repository) ?? [];
    const locked = near.filter(copy => digest !== undefined && hasDigest(copy, digest));
    for (const copy of locked) seen.add(copy);
    if (locked.length > 0) {
      const isPulled = locked.some(
        ({ target }) => target === undefined || splitImage(target).repository === repository,
      );
      return { found: image, state: isPulled ? 'same' : 'public', copies: locked };
    }
    if (near.length > 0) return { found: image, state: 'other-tag', copies: near };
    return { found: image, state: 'missing', copies: [] };
  });
  const notRendered = copies.filter(copy => copy.class !== 'plugin' && !seen.has(copy));
  return { images, notRendered };
}

/** A runtime may name the digest of the index, or that of the manifest for its platform, which older locks do not have. */
function hasOtherDigest({ running }: RenderedImage, copies: readonly ImageCopy[]): boolean {
  const digest = running?.digest;
  if (digest === undefined) return false;
  return copies.some(copy => {
    if (copy.locked === undefined || hasDigest(copy, digest)) return false;
    return copy.locked.manifests.length > 0 || copy.locked.platforms.length <= 1;
  });
}

/** Whether the lock has the digest for it, or for one of its platforms. */
function hasDigest({ locked }: ImageCopy, digest: string): boolean {
  return locked !== undefined && (locked.digest === digest || locked.manifests.includes(digest));
}

function groupBy(
  copies: readonly ImageCopy[],
  keysOf: (copy: ImageCopy) => readonly (string | undefined)[],
): ReadonlyMap<string, readonly ImageCopy[]> {
  const groups = new Map<string, ImageCopy[]>();
  for (const copy of copies) {
    for (const key of new Set(keysOf(copy))) {
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [copy]);
      else group.push(copy);
    }
  }
  return groups;
}
