import { kindsOfParameters, type Application } from '../stack/application.ts';
import { isUpstreamRepository } from '../stack/upstream.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { basesOfValuesFiles } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { findPath } from '../yaml/lookup.ts';
import type { Path, YamlNode } from '../yaml/nodes.ts';
import type { Body } from './blockSnippet.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { textSuggestion, type Suggestion } from './suggestion.ts';
import { valuesFileSuggestions } from './valuesFileCompletion.ts';

/** What the parameters of deployKF's plugin can be: their names, releases, and values files of the repository. */
export function applicationSuggestions(snapshot: Snapshot, place: CompletionPlace): readonly Suggestion[] {
  const { file, on, path, beside, offset } = place;
  const at = path.lastIndexOf('parameters');
  if (at < 0 || isInContent(place, path.slice(0, at + 1))) return [];
  const [index, kind, ...rest] = path.slice(at + 1);
  if (index === undefined) return withDash(place, newParameters(place));
  if (typeof index !== 'number') return [];
  if (kind === 'name' && on === 'value')
    return missingParameters(place).map(name => textSuggestion(name, 'value', said.get(name) ?? ''));
  const name = textAt(place, [...path.slice(0, at + 2), 'name']);
  if (kind === undefined && on === 'key') return keySuggestions(name, beside);
  if (name === 'source_version' && kind === 'string' && on === 'value') return releaseSuggestions(snapshot);
  const isInList = kind === 'array' && (on === 'item' || on === 'entry') && rest.length === 0;
  if (name !== 'values_files' || !isInList) return [];
  const application = nearestApplication(file, offset);
  if (application === undefined || isUpstreamRepository(application.repository)) return [];
  const [folder] = basesOfValuesFiles(snapshot.state, file.uri, application);
  if (folder === undefined) return [];
  return withDash(place, valuesFileSuggestions(snapshot, folder, beside));
}

/** Whether a place is in a line of a block scalar of the parameters, however little it is indented. */
function isInContent(place: CompletionPlace, parameters: Path): boolean {
  const list = nodeAt(place, parameters);
  if (list?.kind !== 'seq') return false;
  const pairs = list.items.flatMap(item => (item.kind === 'map' ? item.pairs : []));
  return pairs.some(({ value }) => {
    const isBlock = value.kind === 'scalar' && (value.style === 'literal' || value.style === 'folded');
    return isBlock && value.span.start < place.offset && place.offset < value.span.end;
  });
}

function withDash({ needsDash }: CompletionPlace, found: readonly Suggestion[]): readonly Suggestion[] {
  return needsDash ? found.map(suggestion => ({ ...suggestion, lead: '- ' })) : found;
}

/** The parameters that somebody sets by hand, with what each is. */
const said: ReadonlyMap<string, string> = new Map([
  ['source_version', 'release of deployKF'],
  ['source_path', 'folder of a generator in the repository, in place of a release'],
  ['values_files', 'values files of the repository'],
  ['values', 'values on top of the files'],
]);

/** Those that the plugin at a place does not get yet; none of other plugins. */
function missingParameters(place: CompletionPlace): readonly string[] {
  const at = place.path.lastIndexOf('parameters');
  const plugin = place.path.slice(0, at);
  if (textAt(place, [...plugin, 'name']) !== 'deploykf') return [];
  const list = nodeAt(place, [...plugin, 'parameters']);
  const indexes = list?.kind === 'seq' ? [...list.items.keys()] : [];
  const present = indexes.map(index => textAt(place, [...plugin, 'parameters', index, 'name']));
  return [...said.keys()].filter(name => !present.includes(name));
}

/** Whole items, and the key that each begins with. */
function newParameters(place: CompletionPlace): readonly Suggestion[] {
  const { on, isMap, flow } = place;
  if ((on !== 'item' && on !== 'entry') || flow) return [];
  const names = missingParameters(place);
  if (names.length === 0) return [];
  const key: Suggestion = { form: 'key', text: 'name', kind: 'key', detail: 'of a parameter', leadsOn: true };
  if (isMap) return place.beside.includes('name') ? [] : [key];
  const blocks = names.map((name): Suggestion => ({
    form: 'block',
    text: name,
    kind: 'block',
    detail: said.get(name) ?? '',
    body: parameterBody(name),
  }));
  return [...blocks, key];
}

function parameterBody(name: string): Body {
  const kind = kindsOfParameters.get(name) ?? 'string';
  const open: Body = { kind: 'open' };
  const list: Body = { kind: 'list', item: { kind: 'field', choices: ['./values.yaml'] } };
  const text: Body = name === 'values' ? { kind: 'literal', body: open } : { kind: 'field', choices: [] };
  return {
    kind: 'map',
    pairs: [
      ['name', { kind: 'fixed', text: name }],
      [kind, kind === 'array' ? list : text],
    ],
  };
}

/** The key that a parameter of a name has beside it. */
function keySuggestions(name: string | undefined, beside: readonly string[]): readonly Suggestion[] {
  const kind = name === undefined ? undefined : kindsOfParameters.get(name);
  if (kind === undefined || ['string', 'array', 'map'].some(key => beside.includes(key))) return [];
  return [
    {
      form: 'key',
      text: kind,
      kind: 'key',
      detail: said.get(name ?? '') ?? '',
      leadsOn: name === 'source_version',
    },
  ];
}

/** The releases that there is a catalog of, the newest first. */
export function releaseSuggestions({ state: { catalogs } }: Snapshot): readonly Suggestion[] {
  return catalogs.releases
    .toReversed()
    .map(release => textSuggestion(release, 'value', release === catalogs.newest ? 'newest known' : ''));
}

/** The text at a path of the document that a place is in. */
function textAt(place: CompletionPlace, path: Path): string | undefined {
  const node = nodeAt(place, path);
  return node?.kind === 'scalar' ? node.source : undefined;
}

function nodeAt({ file, offset }: CompletionPlace, path: Path): YamlNode | undefined {
  const document = file.hostYaml.documents.findLast(({ root }) => (root?.span.start ?? Infinity) <= offset);
  return findPath(document?.root, path, new Map())?.node;
}

function nearestApplication({ applications }: ValuesFile, offset: number): Application | undefined {
  const distance = ({ span }: Application): number => Math.abs(span.start - offset);
  return applications.toSorted((a, b) => distance(a) - distance(b))[0];
}
