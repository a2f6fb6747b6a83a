import type { Application } from '../stack/application.ts';
import { isUpstreamRepository } from '../stack/upstream.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { basesOfValuesFiles } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { findPath } from '../yaml/lookup.ts';
import type { Path } from '../yaml/nodes.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { textSuggestion, type Suggestion } from './suggestion.ts';
import { valuesFileSuggestions } from './valuesFileCompletion.ts';

/** What the parameters of deployKF's plugin can be: releases, and values files of the repository. */
export function applicationSuggestions(snapshot: Snapshot, place: CompletionPlace): readonly Suggestion[] {
  const { file, on, path, beside, offset, needsDash } = place;
  const at = path.lastIndexOf('parameters');
  const [index, kind, ...rest] = path.slice(at + 1);
  if (at < 0 || typeof index !== 'number') return [];
  const name = parameterName(file, offset, path.slice(0, at + 2));
  if (name === 'source_version' && kind === 'string' && on === 'value') return releaseSuggestions(snapshot);
  const isInList = kind === 'array' && (on === 'item' || on === 'entry') && rest.length === 0;
  if (name !== 'values_files' || !isInList) return [];
  const application = nearestApplication(file, offset);
  if (application === undefined || isUpstreamRepository(application.repository)) return [];
  const [folder] = basesOfValuesFiles(snapshot.state, file.uri, application);
  if (folder === undefined) return [];
  const found = valuesFileSuggestions(snapshot, folder, beside);
  return needsDash ? found.map(suggestion => ({ ...suggestion, lead: '- ' })) : found;
}

/** The releases that there is a catalog of, the newest first. */
export function releaseSuggestions({ state: { catalogs } }: Snapshot): readonly Suggestion[] {
  return catalogs.releases
    .toReversed()
    .map(release => textSuggestion(release, 'value', release === catalogs.newest ? 'newest known' : ''));
}

/** The name beside a value of a parameter, in the document that an offset is in. */
function parameterName(file: ValuesFile, offset: number, parameter: Path): string | undefined {
  const document = file.hostYaml.documents.findLast(({ root }) => (root?.span.start ?? Infinity) <= offset);
  const node = findPath(document?.root, [...parameter, 'name'], new Map())?.node;
  return node?.kind === 'scalar' ? node.source : undefined;
}

function nearestApplication({ applications }: ValuesFile, offset: number): Application | undefined {
  const distance = ({ span }: Application): number => Math.abs(span.start - offset);
  return applications.toSorted((a, b) => distance(a) - distance(b))[0];
}
