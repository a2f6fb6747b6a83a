import type { Rewrite } from '../policy/rewrite.ts';

export type ImageState = 'private' | 'public' | 'accepted';

/**
 * Where an image comes from in the eyes of the policy. Without one, and for an invalid repository, it is
 * `public`.
 */
export function stateOf(rewrite: Rewrite | undefined): ImageState {
  if (rewrite?.kind === 'private' || rewrite?.kind === 'accepted') return rewrite.kind;
  return 'public';
}
