import { splitImage } from '../image/splitImage.ts';
import type { ImageCopy, MirrorPlan } from '../mirror/types.ts';
import type { ChangedImage, ImageChanges } from './types.ts';

/** The images of two plans of one stack, each over its own release. */
export function imageChanges(before: MirrorPlan, after: MirrorPlan): ImageChanges {
  const [olds, news] = [deployedOf(before), deployedOf(after)];
  const [oldKeys, newKeys] = [new Set(olds.map(keyOf)), new Set(news.map(keyOf))];
  const added = distinct(news).filter(copy => !oldKeys.has(keyOf(copy)));
  const removed = distinct(olds).filter(copy => !newKeys.has(keyOf(copy)));
  const changed = [...changedByPath(olds, news), ...changedHidden(added, removed)];
  const isRetagged = ({ from, to }: ChangedImage): boolean => repositoryOf(from) === repositoryOf(to);
  const allBefore = new Set(before.copies.map(keyOf));
  return {
    added,
    removed,
    same: newKeys.size - added.length,
    retagged: changed.filter(isRetagged),
    renamed: changed.filter(image => !isRetagged(image)),
    plugin: distinct(after.copies).filter(copy => copy.class === 'plugin' && !allBefore.has(keyOf(copy))),
  };
}

/** What the release names, whatever takes its place. */
export function pulledName({ source, replaces }: ImageCopy): string {
  return replaces ?? source;
}

/** The plugin is installed and upgraded apart from the values. */
function deployedOf({ copies }: MirrorPlan): readonly ImageCopy[] {
  return copies.filter(copy => copy.class !== 'plugin');
}

function keyOf(copy: ImageCopy): string {
  return `${pulledName(copy)} ${copy.target ?? ''}`;
}

function distinct(copies: readonly ImageCopy[]): readonly ImageCopy[] {
  return [...new Map(copies.map(copy => [keyOf(copy), copy])).values()];
}

function repositoryOf(reference: string): string {
  return splitImage(reference).repository;
}

/** Items of lists have no names: at the same place may be another image. */
function changedByPath(olds: readonly ImageCopy[], news: readonly ImageCopy[]): readonly ChangedImage[] {
  const known = new Map(olds.flatMap(copy => copy.paths.map(path => [path, pulledName(copy)] as const)));
  const changed = new Map<string, ChangedImage>();
  for (const copy of news) {
    const to = pulledName(copy);
    for (const path of copy.paths) {
      const from = known.get(path);
      if (from === undefined || from === to) continue;
      if (path.endsWith(']') && repositoryOf(from) !== repositoryOf(to)) continue;
      const key = `${from} ${to}`;
      changed.set(key, { paths: [...(changed.get(key)?.paths ?? []), path], from, to });
    }
  }
  return [...changed.values()];
}

/** Without a value path, only the one image of a repository in a component is the same with another tag. */
function changedHidden(added: readonly ImageCopy[], removed: readonly ImageCopy[]): readonly ChangedImage[] {
  const placeOf = (copy: ImageCopy): string => `${copy.component} ${repositoryOf(pulledName(copy))}`;
  const hiddenAt = (copies: readonly ImageCopy[], place: string): readonly ImageCopy[] =>
    copies.filter(copy => copy.paths.length === 0 && placeOf(copy) === place);
  const changed: ChangedImage[] = [];
  for (const copy of added) {
    if (copy.paths.length > 0) continue;
    const [old, ...others] = hiddenAt(removed, placeOf(copy));
    if (old === undefined || others.length > 0 || hiddenAt(added, placeOf(copy)).length > 1) continue;
    changed.push({ paths: [], from: pulledName(old), to: pulledName(copy) });
  }
  return changed;
}
