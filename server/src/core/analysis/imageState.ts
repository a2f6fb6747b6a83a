import { registryOf } from '../image/repository.ts';
import { isSharedRegistry, knowsPrivate } from '../policy/privacy.ts';
import type { Rewrite } from '../policy/rewrite.ts';
import type { RegistryPolicy } from '../policy/types.ts';

export type ImageState = 'private' | 'public' | 'accepted';

/**
 * Where an image comes from in the eyes of the policy. Without one, and for an invalid repository, it is
 * `public`.
 */
export function stateOf(rewrite: Rewrite | undefined): ImageState {
  if (rewrite?.kind === 'private' || rewrite?.kind === 'accepted') return rewrite.kind;
  return 'public';
}

/** `unknown`: another tool fills the image in, or its registry may be a private one, and there is no policy that says so. */
export type SaidState = ImageState | 'unknown';

interface StatedImage {
  readonly state: ImageState;
  /** `undefined`: not valid, or not known. */
  readonly canonical: string | undefined;
  readonly isRepositoryTemplated: boolean;
}

/** The state of an image as it may be said: without a policy, only what is on a registry that everybody shares is public for sure. */
export function saidState(
  { policy }: { readonly policy: RegistryPolicy | undefined },
  { state, canonical, isRepositoryTemplated }: StatedImage,
): SaidState {
  if (isRepositoryTemplated) return 'unknown';
  if (knowsPrivate(policy)) return state;
  return isSharedRegistry(registryOf(canonical ?? '') ?? '') ? state : 'unknown';
}
