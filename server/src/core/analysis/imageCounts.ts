import type { RetiredFinding } from '../catalog/retired.ts';
import { missingNames } from '../stack/missingLayer.ts';
import type { StackView } from './stackView.ts';

export interface ImageCounts {
  /** The image values of the components that are deployed, the items of lists one by one. */
  readonly images: number;
  /** How many of them are gone from where they are pulled. */
  readonly gone: number;
  /** How many layers are missing, which may say otherwise; 0: not even that is known. `undefined`: all are here. */
  readonly missing?: number;
}

/** To be asked as a memo of the view. */
export function imageCounts({ images, stack }: StackView): ImageCounts {
  const deployed = images.filter(({ enabled }) => enabled);
  const gone = deployed.filter(({ retired }) => isGone(retired)).length;
  const counts = { images: deployed.length, gone };
  if (stack.missing === undefined) return counts;
  const isKnown = stack.missing.every(({ label }) => label !== undefined);
  return { ...counts, missing: isKnown ? missingNames(stack).length : 0 };
}

/** What is only announced is still there. */
export function isGone(retired: RetiredFinding | undefined): boolean {
  return retired !== undefined && retired.entry.status !== 'ending';
}
