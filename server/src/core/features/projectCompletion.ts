import { splitRepository } from '../policy/target.ts';
import { folderOf } from '../stack/uri.ts';
import { projectKeyAt, type SettingSchema } from '../workspace/projectKeys.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { printPath } from '../yaml/nodes.ts';
import { releaseSuggestions } from './applicationCompletion.ts';
import type { Body } from './blockSnippet.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { plain } from './markdown.ts';
import { distinct, textSuggestion, type Suggestion } from './suggestion.ts';
import { valuesFileSuggestions } from './valuesFileCompletion.ts';
import { wholeProjectFile } from './wholeFiles.ts';

/** What the project file can hold at a place: keys and values of its schema, releases, and values files of its folder. */
export function projectSuggestions(snapshot: Snapshot, place: CompletionPlace): readonly Suggestion[] {
  const { on, path, beside, index, isMap, flow, needsDash } = place;
  const releases = snapshot.state.catalogs.releases.toReversed();
  const node = projectKeyAt(releases, path);
  if (node === undefined) return [];
  if (on === 'value') return textsAt(snapshot, node, place);
  const isList = on === 'item' || (on === 'entry' && node.items !== undefined);
  if (!isList) {
    const isEmpty = path.length === 0 && beside.length === 0;
    return [...keysOf(node, beside), ...(isEmpty ? [wholeProjectFile(releases)] : [])];
  }
  const item = node.items ?? {};
  const found = isMap
    ? []
    : [...blocksOf(item), ...textsAt(snapshot, item, { ...place, path: [...path, index] })];
  // In brackets, a key needs braces of its own first.
  if (!flow) found.push(...keysOf(item, isMap ? beside : []));
  return needsDash ? found.map(suggestion => ({ ...suggestion, lead: '- ' })) : found;
}

function keysOf(
  { properties = {}, required = [] }: SettingSchema,
  present: readonly string[],
): readonly Suggestion[] {
  return Object.entries(properties)
    .filter(([key]) => !present.includes(key))
    .map(([key, node]): Suggestion => {
      const body = bodyOf(node);
      const isSection = body.kind !== 'field';
      return {
        form: 'key',
        text: key,
        kind: isSection ? 'section' : 'key',
        detail: required.includes(key) ? 'required' : '',
        ...(node.description !== undefined && { more: plain(node.description) }),
        ...(isSection && { body }),
        leadsOn: leadsOn(node),
      };
    });
}

function leadsOn({ properties, items, enum: choices, examples, description }: SettingSchema): boolean {
  return [properties, items, choices, examples].some(part => part !== undefined) && description !== undefined;
}

/** The places to fill in of what has to be there. */
function bodyOf({ type, items, properties, required = [] }: SettingSchema): Body {
  if (items !== undefined) return { kind: 'list', item: { kind: 'open' } };
  if (properties === undefined || required.length === 0)
    return type === 'object' ? { kind: 'open' } : { kind: 'field', choices: [] };
  return { kind: 'map', pairs: required.map(key => [key, bodyOf(properties[key] ?? {})]) };
}

function blocksOf(item: SettingSchema): readonly Suggestion[] {
  const body = bodyOf(item);
  if (body.kind !== 'map') return [];
  const text = body.pairs.map(([key]) => key).join(', ');
  const first = item.properties?.[item.required?.[0] ?? ''];
  return [{ form: 'block', text, kind: 'block', detail: 'new entry', body, leadsOn: leadsOn(first ?? {}) }];
}

function textsAt(snapshot: Snapshot, node: SettingSchema, place: CompletionPlace): readonly Suggestion[] {
  const { file, path, beside } = place;
  const pattern = printPath(path).replace(/\[\d+\]/g, '[]');
  if (pattern === 'release' || pattern === 'stacks[].release') return releaseSuggestions(snapshot);
  if (pattern === 'stacks[].values[]') return valuesFileSuggestions(snapshot, folderOf(file.uri), beside);
  if (pattern === 'registry.rules[].source')
    return distinct([...publicRegistries(snapshot, file.uri), ...examplesOf(node)]);
  const choices = (node.enum ?? []).map(choice =>
    textSuggestion(choice, 'value', choice === node.default ? 'default' : ''),
  );
  return [...choices, ...examplesOf(node)].filter(({ text }) => !beside.includes(text));
}

function examplesOf({ examples = [] }: SettingSchema): readonly Suggestion[] {
  const texts = examples.filter(example => typeof example === 'string');
  return texts.map(example => textSuggestion(example, 'value', 'example'));
}

/** The registries that the stacks of a project pull from and that no rule makes private yet, the most used first. */
function publicRegistries(snapshot: Snapshot, uri: string): readonly Suggestion[] {
  const folder = snapshot.folderOf(uri)?.uri;
  const plans = snapshot.plans.filter(plan => plan.folder === folder);
  const repositories = new Map<string, Set<string>>();
  for (const { canonical, state } of plans.flatMap(plan => snapshot.view(plan)?.images ?? [])) {
    if (canonical === undefined || state === 'private') continue;
    const { registry } = splitRepository(canonical);
    repositories.set(registry, (repositories.get(registry) ?? new Set()).add(canonical));
  }
  return [...repositories]
    .toSorted(([, a], [, b]) => b.size - a.size)
    .map(([registry, { size }]) => textSuggestion(registry, 'image', `repositories in use: ${size}`));
}
