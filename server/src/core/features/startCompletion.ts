import { tellingKeys } from '../stack/valuesFile.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { CompletionPlace } from './completionPlace.ts';
import type { Suggestion } from './suggestion.ts';
import { wholeApplication, wholeValues } from './wholeFiles.ts';
import { releaseKeys } from './valueCompletion.ts';

/**
 * The first key of a file that holds nothing else yet, or the whole of it. Where the workspace has no stack, only what is typed can tell
 * that it is to hold values.
 */
export function startSuggestions(snapshot: Snapshot, { file, path }: CompletionPlace): readonly Suggestion[] {
  const written = file.text.replace(/^\uFEFF|#.*|^---/gm, '').trim();
  if (path.length > 0 || /[\s:]/.test(written)) return [];
  const isTold = [...tellingKeys].some(key => written !== '' && key.startsWith(written));
  if (!isTold && snapshot.plans.length === 0) return [];
  const { catalogs } = snapshot.state;
  const catalog = catalogs.of(snapshot.settingsOf(file.uri).release ?? catalogs.newest);
  if (catalog === undefined) return [];
  // A section is completed on in a file that its key tells to be deployKF's: the others come after those, and lead nowhere yet.
  const keys = releaseKeys(catalog, [], [])
    .map(suggestion => ({ ...suggestion, leadsOn: tellingKeys.has(suggestion.text) }))
    .toSorted((a, b) => Number(b.leadsOn) - Number(a.leadsOn));
  return [...keys, wholeApplication(catalogs.releases.toReversed(), catalog), wholeValues(catalog)];
}
