import { ownValue } from '../../core/text/ownValue.ts';
import type { LeftOptions } from '../../core/report/leftText.ts';
import type { StackView } from '../../core/analysis/stackView.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import type { Inputs } from './inputs.ts';

/** The stacks of the inputs in a state of theirs, and what to know for saying what is left of them. */
export function leftIn(
  { plans, files }: Inputs,
  snapshot: Snapshot,
): readonly [readonly StackView[], LeftOptions] {
  const uris = new Set(files.map(({ file }) => file.uri));
  const views = plans.flatMap(plan => snapshot.view(plan) ?? []);
  const isOff = ({ ownLayer }: StackView, code: string): boolean => {
    const uri = ownLayer?.file?.uri;
    return uri !== undefined && ownValue(snapshot.settingsOf(uri).severities, code) === 'off';
  };
  return [views, { isWritable: uri => uris.has(uri), isOff }];
}
