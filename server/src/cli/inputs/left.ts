import type { StackView } from '../../core/analysis/stackView.ts';
import { leftOptions, type LeftOptions } from '../../core/report/leftText.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import type { Inputs } from './inputs.ts';

/** The stacks of the inputs in a state of theirs, and what to know for saying what is left of them. */
export function leftIn(
  { plans, files }: Inputs,
  snapshot: Snapshot,
): readonly [readonly StackView[], LeftOptions] {
  const views = plans.flatMap(plan => snapshot.view(plan) ?? []);
  return [views, leftOptions(snapshot, new Set(files.map(({ file }) => file.uri)))];
}
