import { holdsPath, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { missingPlace, writtenPlace } from '../lookup/valuePlace.ts';
import type { Location } from '../stack/valuesFile.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { placeAt } from '../yaml/lookup.ts';
import { printPath } from '../yaml/nodes.ts';

/** What the Images view shows: a stack, one of its components, or an image of that. */
export interface ImageRef {
  /** The id of a stack. */
  readonly stack: string;
  /** A value path. */
  readonly component?: string;
  /** The id of an `ImageLeaf`. */
  readonly image?: string;
}

/** `undefined` for a component, and for an image that no value can change. */
export function imageOfRef(view: StackView, { image }: ImageRef): ImageEntry | undefined {
  return view.images.find(({ path }) => path === image);
}

/** Where an image is set, or where an override of it would go; `undefined`: the stack is gone, or has no file. */
export function imagePlace(snapshot: Snapshot, ref: ImageRef): Location | undefined {
  const view = snapshot.viewById(ref.stack);
  const place = view && (writtenPlace(imageOfRef(view, ref)) ?? missingPlace(view, pathOf(ref)));
  return place && snapshot.file(place.uri)?.locate(place.span);
}

/** Of an image that no value can change, the id is not a path. */
function pathOf({ component = '', image }: ImageRef): string {
  return image !== undefined && image.startsWith(component) ? image : component;
}

/** What of the view is at a UTF-16 offset: the image, else the component, else the stack; `undefined`: it is not in a stack. */
export function imageRefAt(snapshot: Snapshot, uri: string, offset: number): ImageRef | undefined {
  const at = snapshot.textAt(uri, offset);
  const view = at && snapshot.viewsByChoice(at.file.uri)[0];
  if (at === undefined || view === undefined) return undefined;
  const stack = view.stack.id;
  const path = placeAt(at.file.root, at.offset)?.path ?? [];
  const component = view.catalog.componentOf(path)?.path;
  if (component === undefined) return { stack };
  const printed = printPath(path);
  const image =
    view.images.find(entry => holdsPath(entry, printed, 'path')) ??
    view.images.find(entry => holdsPath(entry, printed, 'override'));
  return { stack, component, ...(image && { image: image.path }) };
}
