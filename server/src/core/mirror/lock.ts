import { isDigest } from '../image/digest.ts';
import { byTag } from '../image/splitImage.ts';
import { jsonValue } from '../text/jsonValue.ts';
import { isRecord } from '../yaml/value.ts';

/** What a mirror held when it was looked at: the content of `mirror.lock`. */
export interface MirrorLock {
  /** By what Pods pull. */
  readonly images: ReadonlyMap<string, LockedImage>;
}

export interface LockedImage {
  readonly source: string;
  readonly digest: string;
  /** Such as `linux/amd64`. */
  readonly platforms: readonly string[];
  /** The digests of what an index leads to; empty for an image of one platform. */
  readonly manifests: readonly string[];
  /** The source had the same digest, so that it can be copied by it. */
  readonly isUpstream: boolean;
  /** The day, as `2026-11-28`. */
  readonly verified: string;
}

export const lockFile = 'mirror.lock';

export type ReadLock =
  { readonly kind: 'lock'; readonly lock: MirrorLock } | { readonly kind: 'broken'; readonly reason: string };

/** Reads a lock; one image that cannot be read makes the whole of no use. */
export function parseLock(text: string): ReadLock {
  const value = jsonValue(text);
  if (value === undefined) return broken('it is not JSON');
  if (!isRecord(value) || value['schema'] !== 1 || !Array.isArray(value['images']))
    return broken('it has no "schema": 1 with "images"');
  const images = new Map<string, LockedImage>();
  const entries: readonly unknown[] = value['images'];
  for (const [index, entry] of entries.entries()) {
    const locked = readImage(entry);
    if (locked === undefined) return broken(`image ${index + 1} has no image, source, digest and platforms`);
    images.set(locked.image, locked);
  }
  return { kind: 'lock', lock: { images } };
}

function readImage(entry: unknown): (LockedImage & { readonly image: string }) | undefined {
  if (!isRecord(entry)) return undefined;
  const { image, source, digest, platforms, manifests = [], upstream = false, verified } = entry;
  if (typeof image !== 'string' || typeof source !== 'string' || typeof digest !== 'string') return undefined;
  if (!isDigest(digest) || !isTexts(platforms) || !isTexts(manifests) || typeof verified !== 'string')
    return undefined;
  return { image, source, digest, platforms, manifests, isUpstream: upstream === true, verified };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** One line for each image, sorted, so that a change is seen in a diff. */
export function printLock({ images }: MirrorLock): string {
  const lines = [...images]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, { source, digest, platforms, manifests, isUpstream, verified }]) =>
      JSON.stringify({ image, source, digest, platforms, manifests, upstream: isUpstream, verified }),
    );
  return `{\n"schema": 1,\n"images": [\n${lines.join(',\n')}\n]\n}\n`;
}

/**
 * What a lock has of an image. Tags count, as the lock is what knows their digests; a lock of another source is of no use.
 */
export function lockedImage(lock: MirrorLock, source: string, target: string): LockedImage | undefined {
  const locked = lock.images.get(byTag(target));
  return locked !== undefined && byTag(locked.source) === byTag(source) ? locked : undefined;
}

/** A lock with these images, in place of what it had of them. */
export function withLocked(
  lock: MirrorLock | undefined,
  images: ReadonlyMap<string, LockedImage>,
): MirrorLock {
  return { images: new Map([...(lock?.images ?? []), ...images]) };
}

function broken(reason: string): ReadLock {
  return { kind: 'broken', reason };
}
