import type { StackView } from '../../core/analysis/stackView.ts';
import { lockedImage, type MirrorLock } from '../../core/mirror/lock.ts';
import type { ImageCopy } from '../../core/mirror/types.ts';
import { isCacheTarget } from '../../core/policy/cache.ts';
import type { WantedImage } from './verifyImages.ts';

/** The images of a plan that a registry can be asked for; `undefined`: there are images, and no policy says where they are to be. */
export function wantedImages(
  { policy }: StackView,
  copies: readonly ImageCopy[],
  lock: MirrorLock | undefined,
): readonly WantedImage[] | undefined {
  const wanted: WantedImage[] = [];
  for (const { source, target } of copies) {
    if (target === undefined) continue;
    const isCache = policy !== undefined && isCacheTarget(policy, target);
    wanted.push({ source, target, locked: lock && lockedImage(lock, source, target), isCache });
  }
  return copies.length > 0 && wanted.length === 0 ? undefined : wanted;
}

export const noPolicy =
  'no registry policy says where the images are: write one with deploykf-values init --registry HOST';
