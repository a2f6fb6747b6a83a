import { itemKeys, itemPattern } from '../catalog/itemShape.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { ItemRule, KeyRule } from '../catalog/types.ts';
import { atIndexes, indexesOf } from '../analysis/templates.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isTemplated } from '../stack/templated.ts';
import type { Path } from '../yaml/nodes.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';
import type { Body } from './blockSnippet.ts';
import { textSuggestion, type Suggestion } from './suggestion.ts';

/** The keys that an item of a list lacks, as far as the release tells; `undefined` outside of lists. */
export function itemKeySuggestions(
  { catalog }: StackView,
  path: Path,
  present: readonly string[],
): readonly Suggestion[] | undefined {
  if (!path.some(step => typeof step === 'number')) return undefined;
  const pattern = itemPattern(path);
  const sample = sampleAt(catalog, path);
  return itemKeys(catalog, pattern)
    .filter(key => !present.includes(key))
    .map((key): Suggestion => {
      const value = isRecord(sample) ? sample[key] : undefined;
      const body = bodyAt(catalog, `${pattern}.${key}`, value);
      const isSection = body.kind !== 'field';
      const kind = isSection ? 'section' : 'key';
      const detail = keyAt(catalog, `${pattern}.${key}`)?.means ?? '';
      return { form: 'key', text: key, kind, detail, ...(isSection && { body }) };
    });
}

/** A whole item of a list of maps, to be filled in; another one for each key that names something else in place of the first. */
export function itemBlocks({ catalog }: StackView, list: Path): readonly Suggestion[] {
  const pattern = `${itemPattern(list)}[]`;
  const body = bodyAt(catalog, pattern, sampleAt(catalog, [...list, 0]));
  if (body.kind !== 'map') return [];
  const isReference = (key: string): boolean => ruleAt(catalog, `${pattern}.${key}`)?.kind === 'reference';
  const [[first, value] = ['']] = body.pairs;
  const others = itemKeys(catalog, pattern).filter(key => key !== first && isReference(key));
  const bodies: Body[] = [body];
  if (value !== undefined && isReference(first))
    for (const other of others) bodies.push({ kind: 'map', pairs: [[other, value], ...body.pairs.slice(1)] });
  return bodies.map(each => {
    const text = each.kind === 'map' ? each.pairs.map(([key]) => key).join(', ') : '';
    return { form: 'block', text, kind: 'block', detail: 'new item', body: each };
  });
}

/** What the templates take at a place in the items of lists; `undefined` where they take anything. */
export function itemValueSuggestions(
  view: StackView,
  path: Path,
  present: readonly string[],
): readonly Suggestion[] | undefined {
  const rule = ruleAt(view.catalog, itemPattern(path));
  switch (rule?.kind) {
    case 'reference':
      return referenceSuggestions(view, rule.to).filter(({ text }) => !present.includes(text));
    case 'choice':
      return rule.choices.map(choice => textSuggestion(choice, 'value', ''));
    case 'boolean':
      return ['true', 'false'].map(text => ({ form: 'word', text, kind: 'value', detail: '' }));
    case 'unique':
    case undefined:
      return undefined;
  }
}

/** The values that the items of another list have. */
function referenceSuggestions(view: StackView, to: string): readonly Suggestion[] {
  const found: Suggestion[] = [];
  for (const indexes of indexesOf(view, to)) {
    const at = view.effective.at(atIndexes(to, indexes));
    const node = at?.winner.node;
    if (node?.kind !== 'scalar' || node.type !== 'string' || node.source === '' || isTemplated(at)) continue;
    const { file, label } = at?.winner.layer ?? {};
    found.push(textSuggestion(node.source, 'name', file === undefined ? 'default' : `in ${label ?? ''}`));
  }
  return found;
}

type ValueRule = Exclude<ItemRule, { readonly kind: 'unique' | 'key' }>;

function ruleAt({ catalog }: CatalogIndex, pattern: string): ValueRule | undefined {
  return catalog.itemRules?.find(
    (rule): rule is ValueRule => rule.path === pattern && rule.kind !== 'unique' && rule.kind !== 'key',
  );
}

function keyAt({ catalog }: CatalogIndex, pattern: string): KeyRule | undefined {
  return catalog.itemRules?.find((rule): rule is KeyRule => rule.path === pattern && rule.kind === 'key');
}

/** What a default has at a path, the first item of a list standing for all. */
function sampleAt(catalog: CatalogIndex, path: Path): Value | undefined {
  return catalog.defaultAt(path.map(step => (typeof step === 'number' ? 0 : step)));
}

/** As the sample has it, without its values; where there is none, with every key that is known. */
function bodyAt(catalog: CatalogIndex, pattern: string, sample: Value | undefined): Body {
  if (isList(sample)) return { kind: 'list', item: bodyAt(catalog, `${pattern}[]`, sample[0]) };
  const form = keyAt(catalog, pattern)?.form;
  if (form === 'list') return { kind: 'list', item: { kind: 'open' } };
  if (form === 'map') return { kind: 'open' };
  const keys = isRecord(sample) ? Object.keys(sample) : itemKeys(catalog, pattern);
  if (keys.length === 0) return { kind: 'field', choices: choicesAt(catalog, pattern) };
  const pairs = keys.map((key): readonly [string, Body] => {
    const below = isRecord(sample) ? sample[key] : undefined;
    return [key, bodyAt(catalog, `${pattern}.${key}`, below)];
  });
  return { kind: 'map', pairs };
}

function choicesAt(catalog: CatalogIndex, pattern: string): readonly string[] {
  const rule = ruleAt(catalog, pattern);
  if (rule?.kind === 'choice') return rule.choices;
  if (rule?.kind === 'boolean') return ['true', 'false'];
  return [];
}
