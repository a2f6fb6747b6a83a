import type { Change } from '../findings/finding.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { uriOf } from './changes.ts';
import type { FixChanges } from './edits.ts';

/**
 * The fixes that all stacks of a file can live with: not those that give one value path of it several values, nor those that write an
 * image value which the release of another of its stacks does not have.
 */
export function agreedFixes(snapshot: Snapshot, fixes: readonly FixChanges[]): readonly FixChanges[] {
  const values = new Map<string, Map<string, string>>();
  for (const change of fixes.flat()) {
    if (change.kind !== 'set') continue;
    const ofFile = values.get(uriOf(change)) ?? new Map<string, string>();
    values.set(uriOf(change), ofFile);
    const key = change.path.join('\0');
    const value = JSON.stringify(change.value);
    const other = ofFile.get(key);
    ofFile.set(key, other === undefined || other === value ? value : several);
  }
  const isAgreed = (change: Change): boolean => {
    if (change.kind !== 'set') return true;
    if (values.get(uriOf(change))?.get(change.path.join('\0')) === several) return false;
    return isKnownToAll(snapshot, uriOf(change), change.path);
  };
  return fixes.flatMap(changes => {
    if (changes.every(isAgreed)) return [changes];
    return changes.every(isOverride) ? [changes.filter(isAgreed)] : [];
  });
}

/** One of the overrides of a component, each of which is right without the others. */
function isOverride(change: Change): boolean {
  return change.kind === 'set' && change.path.at(-1) === 'repository';
}

/** No JSON is like it. */
const several = '\0';

function isKnownToAll(snapshot: Snapshot, uri: string, path: readonly string[]): boolean {
  const catalogs = new Set(snapshot.viewsOf(uri).map(view => view.catalog));
  if (catalogs.size < 2) return true;
  const known = [...catalogs].filter(catalog => catalog.imageAround(path) !== undefined).length;
  return known === 0 || known === catalogs.size;
}
