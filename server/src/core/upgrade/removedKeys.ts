import type { WrittenKey } from '../analysis/writtenKeys.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import { nearestName } from '../catalog/nearestName.ts';
import { isBroken } from '../findings/location.ts';
import { printPath } from '../yaml/nodes.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { UpgradeViews } from './types.ts';
import { keyPairs, type FoundOverride } from './foundOverride.ts';

/** Keys that the old release has and the new one does not, without those below them. */
export function removedKeys(views: UpgradeViews): readonly FoundOverride[] {
  const { before, after } = views;
  const found: FoundOverride[] = [];
  for (const [old, key] of keyPairs(views)) {
    if (old.expected === undefined || key.expected !== undefined) continue;
    if (key.isOpen || !isRecord(key.section) || isBroken(key.layer)) continue;
    found.push({
      path: key.printed,
      uri: key.uri,
      span: key.pair.key.span,
      what: 'removed',
      message: `"${key.printed}" is not in ${after.stack.release} any more${hintOf(key, before.catalog, after.catalog)}`,
    });
  }
  return found;
}

/** Only what is new may have taken its place. */
function hintOf({ path }: WrittenKey, before: CatalogIndex, after: CatalogIndex): string {
  const name = path.at(-1) ?? '';
  const parent = path.slice(0, -1);
  const isNew = (other: readonly string[]): boolean => before.defaultAt(other) === undefined;
  const siblings = keysOf(after.defaultAt(parent)).filter(key => isNew([...parent, key]));
  const near = nearestName(name, siblings);
  if (near !== undefined) return `, did you mean "${printPath([...parent, near])}"?`;
  const [elsewhere, ...others] = pathsOf(after.catalog.defaults, name).filter(isNew);
  if (elsewhere === undefined || others.length > 0) return ': remove it';
  return `: it is "${printPath(elsewhere)}" now`;
}

function keysOf(value: Value | undefined): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

/** The paths of all keys of a name. */
function pathsOf(value: Value, name: string, above: readonly string[] = []): readonly (readonly string[])[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const path = [...above, key];
    const deeper = pathsOf(below, name, path);
    return key === name ? [path, ...deeper] : deeper;
  });
}
