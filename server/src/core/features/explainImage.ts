import type { StackView } from '../analysis/stackView.ts';
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
