import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { anchoredLocation, type ReportLocation } from '../../findings/location.ts';
import type { EffectiveValue } from '../../stack/effective.ts';

/**
 * Where the text of an image is below a key that is not deployKF's, for the first of the images of these that have it; `undefined` for
 * the others, and where the text is elsewhere.
 */
export function anchoredOnce(
  view: StackView,
  entry: ImageEntry,
  {
    of,
    among,
  }: {
    readonly of: (entry: ImageEntry) => EffectiveValue | undefined;
    readonly among: (entry: ImageEntry) => boolean;
  },
): ReportLocation | undefined {
  const node = of(entry)?.winner.node;
  const first = view.images.find(other => of(other)?.winner.node === node && among(other));
  return first === entry ? anchoredLocation(view, of(entry)) : undefined;
}
