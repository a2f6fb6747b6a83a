import type { StackView } from '../analysis/stackView.ts';
import type { WrittenKey } from '../analysis/writtenKeys.ts';
import type { Span } from '../text/span.ts';
import type { OverrideProblem, UpgradeViews } from './types.ts';

/** An override that has to be looked at, in the offsets of the text that holds it. */
export interface FoundOverride {
  readonly path: string;
  readonly uri: string;
  readonly span: Span;
  readonly what: OverrideProblem;
  readonly message: string;
}

/** The keys of two views of the same layers, in pairs. */
export function keyPairs({ before, after }: UpgradeViews): readonly (readonly [WrittenKey, WrittenKey])[] {
  const olds = new Map(before.written.map(key => [key.pair, key]));
  return after.written.flatMap(key => {
    const old = olds.get(key.pair);
    return old === undefined ? [] : [[old, key] as const];
  });
}

/** Whether the key has the last word at its path: what a stronger layer replaces does no harm. */
export function isUsed({ effective }: StackView, { path, pair }: WrittenKey): boolean {
  return effective.at(path)?.parts.some(part => part.pair === pair) === true;
}
