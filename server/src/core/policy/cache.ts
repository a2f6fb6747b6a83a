import { canonicalPrefix, prefixLength } from './match.ts';
import type { RegistryPolicy } from './types.ts';

/** Whether a canonical image is in a place that fills itself from upstream: it may answer for what it does not hold yet. */
export function isCacheTarget({ caches = [] }: RegistryPolicy, image: string): boolean {
  return caches.some(prefix => prefixLength(image, canonicalPrefix(prefix)) !== undefined);
}
