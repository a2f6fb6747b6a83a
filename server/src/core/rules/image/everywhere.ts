import type { StackView } from '../../analysis/stackView.ts';
import type { Contribution } from '../../stack/effective.ts';
import type { Layer } from '../../stack/layer.ts';
import { printPath } from '../../yaml/nodes.ts';
import { shownIn } from '../../stack/shownIn.ts';

/** Most texts have no anchor, and need not be gone through. */
export function mayBeShared({ file, anchors }: Layer): boolean {
  return file !== undefined && anchors.size > 0;
}

type WrittenNode = Pick<Contribution, 'layer' | 'node'>;

/** Whether anchors and aliases show a text at more places than its own, or it cannot be told where. */
export function isShownElsewhere({ layer, node }: WrittenNode): boolean {
  return mayBeShared(layer) && shownIn(layer, node)?.length !== 1;
}

/**
 * Whether what is said of a text holds at all places that show it, by anchors and aliases. Its own place may be one that deployKF does
 * not know: there it is only written.
 */
export function holdsEverywhere(
  { catalog }: StackView,
  { layer, node }: WrittenNode,
  holdsAt: (path: string) => boolean,
): boolean {
  if (!mayBeShared(layer)) return true;
  const places = shownIn(layer, node) ?? [];
  if (places.length === 1) return true;
  const isOnlyWritten = places.length > 0 && catalog.defaultAt(places[0] ?? []) === undefined;
  return (
    places.length > 0 &&
    places.every((place, index) => holdsAt(printPath(place)) || (index === 0 && isOnlyWritten))
  );
}

/** Whether a key of an image value in the form of a map is at a path. */
export function isImageKey({ catalog }: StackView, path: string, key: string): boolean {
  if (!path.endsWith(`.${key}`)) return false;
  const image = path.slice(0, -key.length - 1);
  return catalog.imageAt(image)?.form === 'map';
}

/** Whether deployKF takes a text at a path: that is the default, or it is the tag of an image. */
export function isTextKey(view: StackView, path: string): boolean {
  return isImageKey(view, path, 'tag') || typeof view.catalog.defaultAt(path) === 'string';
}
