import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Change } from '../findings/finding.ts';
import { splitImage } from '../image/splitImage.ts';
import { lockedImage, type MirrorLock } from '../mirror/lock.ts';
import { planOfStack } from '../mirror/plan.ts';
import { rewriteWritten } from '../rules/image/rewriteChanges.ts';
import { setTag, tagFollowers } from '../rules/image/tagChanges.ts';
import type { EffectiveValue } from '../stack/effective.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { pinsIn, type Pin } from './pins.ts';

/**
 * The changes that write the digests of a lock after the tags of private images, wherever a file names them: `v1.2@sha256:…`. What
 * users choose from a list stays.
 */
export function digestChanges(snapshot: Snapshot, uri: string, lock: MirrorLock): readonly Change[] {
  return pinsIn(snapshot, uri, (view, entry) => digestPin(view, entry, lock));
}

/** `undefined`: the image has no place for a digest, or has it already. */
function digestPin(view: StackView, entry: ImageEntry, lock: MirrorLock): Pin | undefined {
  const { enabled, templated, state, rendered, form, path: at } = entry;
  if (!enabled || templated || state !== 'private' || rendered === undefined) return undefined;
  const { repository, tag, digest } = splitImage(rendered);
  if (tag === undefined || tag === '' || sharesTag(view, entry)) return undefined;
  const wanted = entry.isTagMisread ? undefined : lockedDigest(view, entry, lock);
  if (wanted !== undefined && wanted === digest) return undefined;
  const pinned = wanted && `${tag}@${wanted}`;
  if (isAnchored(form === 'map' ? entry.keys.tag : entry.value)) return undefined;
  if (form === 'map') {
    const change = setTag(view, entry, pinned ?? '');
    return change && { at, change, text: pinned };
  }
  if (form !== 'string' || isChoice(view, entry)) return undefined;
  const change = rewriteWritten(entry.value.winner, `${repository}:${pinned ?? tag}`);
  return change && { at, change, text: pinned };
}

/** Whether the text is that of others, too: what is written to it would be pulled, or read, by them. */
function isAnchored(value: EffectiveValue | undefined): boolean {
  const say = value?.winner;
  return (
    say !== undefined && (say.written.kind === 'alias' || say.node.anchor !== undefined || say.inherited)
  );
}

/** Whether it is the choice that is made before from a list of them, by its name. */
function isChoice({ catalog: { catalog } }: StackView, { path }: ImageEntry): boolean {
  const options = `${path.slice(0, path.lastIndexOf('.'))}.options`;
  return catalog.images.some(image => image.path === options);
}

/** Whether the tag is also that of another image, whose content is another one. */
function sharesTag(view: StackView, entry: ImageEntry): boolean {
  return entry.image.tag.renderedFrom !== undefined || tagFollowers(view, entry).length > 0;
}

function lockedDigest(view: StackView, { path }: ImageEntry, lock: MirrorLock): string | undefined {
  const copy = planOfStack(view).copies.find(({ paths }) => paths.includes(path));
  if (copy?.target === undefined) return undefined;
  return lockedImage(lock, copy.source, copy.target)?.digest;
}
