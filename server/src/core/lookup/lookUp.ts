import type { StackView } from '../analysis/stackView.ts';
import { splitImage } from '../image/splitImage.ts';
import { imageUses, type StackUses } from './imageUses.ts';
import { nearestImages, type NearImage } from './nearestImages.ts';
import type { AskedImage } from './pastedImages.ts';

/** A stack that is looked into, and what it is called; empty for the defaults alone. */
export interface NamedView {
  readonly view: StackView;
  readonly name: string;
}

/** An image that is asked about, and what it comes from in each stack. */
export interface FoundImage {
  readonly asked: AskedImage;
  readonly stacks: readonly FoundInStack[];
}

export interface FoundInStack extends NamedView, StackUses {
  /** Only where the stack does not have the image. */
  readonly nearest: readonly NearImage[];
}

/** The way back from an image to the values that it comes from. */
export function lookUp(views: readonly NamedView[], asked: AskedImage): FoundImage {
  const stacks = views.map(({ view, name }): FoundInStack => {
    const found = imageUses(view, asked);
    const isMissing = found.uses.length === 0;
    const nearest = isMissing ? nearestImages(view, splitImage(asked.image).repository) : [];
    return { ...found, view, name, nearest };
  });
  return { asked, stacks };
}

/** Whether any stack has the image. */
export function isFound({ stacks }: FoundImage): boolean {
  return stacks.some(({ uses }) => uses.length > 0);
}
