import { canonicalPrefix, prefixLength } from '../policy/match.ts';
import type { ImageEntry } from '../analysis/images.ts';
import { isSharedRegistry, knowsPrivate } from '../policy/privacy.ts';
import { rewriteRepository } from '../policy/rewrite.ts';
import { splitRepository } from '../policy/target.ts';
import type { StackView } from '../analysis/stackView.ts';

/** An image that Pods pull from a private registry, and that registry. */
export interface PrivateImage {
  readonly entry: ImageEntry;
  /** The canonical repository. */
  readonly repository: string;
  /** Its host, with the port. */
  readonly registry: string;
}

/**
 * The images of enabled components that come from a private registry: by the registry policy, else from a
 * host that is none of the public registries. Invalid, unknown and templated ones are left out.
 */
export function privateImages(view: StackView): readonly PrivateImage[] {
  return placedImages(view).filter(image => isPrivate(view, image));
}

/**
 * The images that need credentials: those that the registry policy names under `credentials`. Where it names none, all
 * private ones of a stack that configures a pull secret: whoever does that has a reason.
 */
export function imagesToCover(view: StackView): readonly PrivateImage[] {
  const prefixes = view.policy?.credentials;
  if (prefixes === undefined) return privateImages(view);
  return placedImages(view).filter(({ repository }) =>
    prefixes.some(prefix => prefixLength(repository, canonicalPrefix(prefix)) !== undefined),
  );
}

function placedImages(view: StackView): readonly PrivateImage[] {
  return view.images.flatMap(entry => {
    const { canonical: repository } = entry;
    if (entry.enabled && repository !== undefined)
      return [{ entry, repository, registry: splitRepository(repository).registry }];
    return [];
  });
}

function isPrivate(view: StackView, { entry, registry }: PrivateImage): boolean {
  if (knowsPrivate(view.policy)) return entry.state === 'private';
  return !isSharedRegistry(registry);
}

/** The same for a canonical repository that need not be one of the stack. */
export function isPrivateRepository({ policy }: StackView, repository: string): boolean {
  if (knowsPrivate(policy)) return rewriteRepository(policy, repository).kind === 'private';
  return !isSharedRegistry(splitRepository(repository).registry);
}
