import type { RetiredFinding } from '../catalog/retired.ts';
import type { StackView } from './stackView.ts';

export interface ImageCounts {
  /** The image values of the components that are deployed, the items of lists one by one. */
  readonly images: number;
  /** How many of them are gone from where they are pulled. */
  readonly gone: number;
}

/** To be asked as a memo of the view. */
export function imageCounts({ images }: StackView): ImageCounts {
  const deployed = images.filter(({ enabled }) => enabled);
  return { images: deployed.length, gone: deployed.filter(({ retired }) => isGone(retired)).length };
}

/** What is only announced is still there. */
export function isGone(retired: RetiredFinding | undefined): boolean {
  return retired !== undefined && retired.entry.status !== 'ending';
}
