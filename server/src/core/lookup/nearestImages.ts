import { shownReference } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { nearestName } from '../catalog/nearestName.ts';
import { splitImage } from '../image/splitImage.ts';

/** An image of a stack with a name like one that the stack does not have. */
export interface NearImage {
  /** The value path; `undefined`: no value reaches it. */
  readonly path: string | undefined;
  readonly reference: string;
}

/** More are of no use. */
const most = 3;

/** Each reference once: the images of that name on another registry or below another path, else those of the nearest name; empty where none is near. */
export function nearestImages(view: StackView, repository: string): readonly NearImage[] {
  const { hiddenImages, pluginImages } = view.catalog.catalog;
  const images: readonly NearImage[] = [
    ...view.images.map(entry => ({ path: entry.path, reference: shownReference(entry) })),
    ...[...hiddenImages, ...pluginImages].map(({ reference }) => ({ path: undefined, reference })),
  ];
  const name = nearestName(nameOf(repository), [...new Set(images.map(image => nameOf(image.reference)))]);
  if (name === undefined) return [];
  const near = new Map<string, NearImage>();
  for (const image of images)
    if (nameOf(image.reference) === name && !near.has(image.reference)) near.set(image.reference, image);
  return [...near.values()].slice(0, most);
}

/** The last step of the path. */
function nameOf(reference: string): string {
  const { repository } = splitImage(reference);
  return repository.slice(repository.lastIndexOf('/') + 1);
}
