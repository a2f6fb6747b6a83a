import type { StackView } from '../analysis/stackView.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { fromStep } from '../workspace/virtualUris.ts';
import { hiddenImageHover } from './hiddenHover.ts';
import { imageHover } from './imageHover.ts';

/** What a hover says about an image of a stack, by its id in the Images view, in Markdown; `undefined`: there is no such image. */
export function explainImage(view: StackView, component: string, id: string): string | undefined {
  const entry = view.images.find(({ path }) => path === id);
  if (entry !== undefined) return imageHover(view, entry).text;
  const owner = view.catalog.componentAt(component);
  const hidden = view.catalog.catalog.hiddenImages.find(
    image => image.component === component && image.reference === id,
  );
  return owner && hidden && hiddenImageHover(view, owner, hidden).text;
}

/** Links that the preview of a document shows as they are written: only those to pages lead anywhere there. */
const fileLink = /\[((?:[^[\]\\]|\\.)*)\]\((?!https?:)[^)]*\)/g;

/** The same as a virtual document; `undefined` for another URI, or when the image is gone. */
export function imageText(snapshot: Snapshot, uri: string): string | undefined {
  const rest = /^deploykf-values:\/images\/(.+)$/.exec(uri)?.[1] ?? '';
  const [stack = '', component = '', image = ''] = rest.split('/').map(fromStep);
  const view = snapshot.viewById(stack);
  const text = view && explainImage(view, component, image);
  return text && `${text.replace(fileLink, '$1')}\n`;
}
