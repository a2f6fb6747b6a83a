import { isRecord, valueOf, type Value } from '../yaml/value.ts';
import { shortened } from '../text/shorten.ts';
import type { UpgradeViews } from './types.ts';
import { isUsed, keyPairs, type FoundOverride } from './foundOverride.ts';

/** Values that repeat the default of the old release where the new one has another. */
export function movedDefaults(views: UpgradeViews): readonly FoundOverride[] {
  const { before, after } = views;
  const found: FoundOverride[] = [];
  for (const [{ expected: old }, key] of keyPairs(views)) {
    const { expected: next, pair, layer, printed, uri } = key;
    if (old === undefined || next === undefined || isRecord(old) || isRecord(next)) continue;
    if (isEqual(old, next) || !isUsed(after, key)) continue;
    if (!isEqual(valueOf(pair.value, layer.anchors), old)) continue;
    const message = `"${printed}" repeats the default of ${before.stack.release}; ${after.stack.release} has ${shown(next)}: remove it, unless it is meant`;
    const isEmpty = pair.value.span.start === pair.value.span.end;
    found.push({
      path: printed,
      uri,
      span: isEmpty ? pair.key.span : pair.value.span,
      what: 'default-moved',
      message,
    });
  }
  return found;
}

function isEqual(left: Value, right: Value): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function shown(value: Value): string {
  if (value === null) return 'none';
  if (typeof value === 'object' || (typeof value === 'string' && value.includes('\n'))) return 'another';
  return shortened(JSON.stringify(value), 120);
}
