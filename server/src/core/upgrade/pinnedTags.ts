import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { upstreamFinder } from '../analysis/upstreams.ts';
import { resolveTag } from '../catalog/tagRules.ts';
import { locationOf } from '../findings/location.ts';
import type { UpgradeViews } from './types.ts';
import { defaultImages, keepsPath, type DefaultImage } from './defaultImages.ts';
import type { FoundOverride } from './foundOverride.ts';

/** Tags that are exactly what the old release would pull, where the new one would pull another. */
export function pinnedTags(views: UpgradeViews): readonly FoundOverride[] {
  return views.after.images.flatMap(entry => {
    if (entry.templated || entry.override !== undefined || entry.tag === undefined) return [];
    const found = entry.form === 'map' ? pinnedInMap(views, entry) : pinnedInText(views, entry);
    return found ?? [];
  });
}

function pinnedInMap(views: UpgradeViews, { keys, image, tag }: ImageEntry): FoundOverride | undefined {
  const { before, after } = views;
  const place = keys.tag && locationOf(keys.tag.winner);
  const [old, next] = [tagWithout(before, image.path), tagWithout(after, image.path)];
  if (place === undefined || old === undefined || next === undefined) return undefined;
  if (tag !== old || next === old) return undefined;
  const path = `${image.path}.tag`;
  return { path, ...place, what: 'pinned', message: messageOf(views, path, old, next) };
}

/** What would be pulled if no layer set the tag: charts may have versions of the user's own. */
function tagWithout({ catalog, effective }: StackView, path: string): string | undefined {
  const image = catalog.imageAt(path);
  if (image === undefined) return undefined;
  const own = `${path}.tag`;
  const resolved = resolveTag(image, other =>
    other === own ? catalog.defaultAt(own) : effective.value(other),
  );
  return resolved.kind === 'known' ? resolved.tag : undefined;
}

function pinnedInText(views: UpgradeViews, entry: ImageEntry): FoundOverride | undefined {
  const { before, after } = views;
  const { path, image, canonical, tag, value } = entry;
  const place = locationOf(value.winner);
  if (place === undefined || canonical === undefined) return undefined;
  const old = defaultImages(before.catalog, image.path).find(
    known => known.tag === tag && isOf(before, canonical, known),
  );
  if (old?.tag === undefined) return undefined;
  const next = defaultImages(after.catalog, image.path).find(
    ({ repository }) => repository === old.repository,
  );
  if (next?.tag === undefined || next.tag === old.tag) return undefined;
  return { path, ...place, what: 'pinned', message: messageOf(views, path, old.tag, next.tag) };
}

function isOf(view: StackView, repository: string, known: DefaultImage): boolean {
  if (repository === known.repository) return true;
  const upstream = view.memo(upstreamFinder)(repository);
  return upstream === undefined ? keepsPath(repository, known.repository) : upstream === known.repository;
}

function messageOf({ before, after }: UpgradeViews, path: string, old: string, next: string): string {
  return `"${path}" is pinned to "${old}", the tag of ${before.stack.release}; ${after.stack.release} has "${next}": set that one, or leave the tag to the release`;
}
