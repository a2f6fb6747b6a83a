import { rewriteRepository } from './rewrite.ts';
import type { RegistryPolicy } from './types.ts';

export type ImageState = 'private' | 'public' | 'accepted';

/** Where an image comes from in the eyes of the policy. Without one, and for an illegal repository, it is `public`. */
export function imageState(policy: RegistryPolicy | undefined, repository: string): ImageState {
  if (policy === undefined) return 'public';
  const { kind } = rewriteRepository(policy, repository);
  return kind === 'private' || kind === 'accepted' ? kind : 'public';
}
