import type { StackView } from '../analysis/stackView.ts';
import { parsesWhole } from '../findings/location.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** The stacks of a text, if what each of them pulls follows from what is written, and not from what is guessed or missing; else none. */
export function certainViews(snapshot: Snapshot, uri: string): readonly StackView[] {
  const views = snapshot.viewsOf(uri);
  // A stack of a release that is not known might have any tag.
  if (views.length !== snapshot.plansOf(uri).length || !views.every(isCertain)) return [];
  return views;
}

function isCertain(view: StackView): boolean {
  const { guess, isPartial = false } = view.stack;
  return guess === undefined && !isPartial && parsesWhole(view);
}
