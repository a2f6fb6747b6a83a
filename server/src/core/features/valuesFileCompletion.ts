import { isInside, relativePath } from '../stack/uri.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { textSuggestion, type Suggestion } from './suggestion.ts';

/** The values files in a folder that are not named yet, those of no stack first. */
export function valuesFileSuggestions(
  snapshot: Snapshot,
  folder: string,
  present: readonly string[],
): readonly Suggestion[] {
  const { files, bases } = snapshot.state;
  const named = new Set(present.map(path => path.replace(/^(?:\.\/)+/, '')));
  const found: Suggestion[] = [];
  for (const { uri, isValues, applications } of files.values()) {
    const isOther = !isValues || applications.length > 0 || bases?.has(uri) === true;
    const path = isInside(folder, uri) ? relativePath(folder, uri) : undefined;
    if (isOther || path === undefined || named.has(path)) continue;
    found.push(textSuggestion(path, 'file', stacksOf(snapshot, uri)));
  }
  return found.toSorted(
    (a, b) => Number(a.detail !== '') - Number(b.detail !== '') || (a.text < b.text ? -1 : 1),
  );
}

/** Empty for a file that nothing names. */
function stacksOf(snapshot: Snapshot, uri: string): string {
  const names = snapshot.plansOf(uri).flatMap(({ kind, name }) => (kind === 'standalone' ? [] : [name]));
  if (names.length === 0) return '';
  return `in ${names.join(', ')}`;
}
