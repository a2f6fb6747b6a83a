import { typeOf, type CatalogIndex } from '../catalog/catalogIndex.ts';
import type { StackView } from '../analysis/stackView.ts';
import { shownPart } from '../redaction/redactValue.ts';
import type { Path } from '../yaml/nodes.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';
import type { Body } from './blockSnippet.ts';
import { mark, plain, shortValue } from './markdown.ts';
import type { Suggestion } from './suggestion.ts';

/** The keys that the release has at a path and that do not exist yet, in upstream's order. */
export function keySuggestions(
  view: StackView,
  path: Path,
  present: readonly string[],
): readonly Suggestion[] {
  if (isInList(view, path)) return [];
  return releaseKeys(view.catalog, path, present).map(suggestion => ({
    ...suggestion,
    ...moreOf(view, [...path, suggestion.text]),
  }));
}

/** The same as far as the release alone tells. */
export function releaseKeys(
  catalog: CatalogIndex,
  path: Path,
  present: readonly string[],
): readonly Suggestion[] {
  const defaults = catalog.defaultAt(path);
  if (!isRecord(defaults)) return [];
  return Object.entries(defaults)
    .filter(([key]) => !present.includes(key))
    .map(([key, value]): Suggestion => {
      const body = bodyOf(value);
      return {
        form: 'key',
        text: key,
        kind: body === undefined ? 'key' : 'section',
        detail: describeDefault(value),
        ...(body && { body }),
      };
    });
}

/** The values that a key can have, where they can be counted. */
export function valueSuggestions(view: StackView, path: Path): readonly Suggestion[] {
  const value = view.catalog.defaultAt(path);
  if (typeof value === 'boolean')
    return [
      { form: 'word', text: String(!value), kind: 'value', detail: '' },
      { form: 'word', text: String(value), kind: 'value', detail: 'default' },
    ];
  if (path.at(-1) !== 'pullPolicy' || view.catalog.imageAround(path) === undefined) return [];
  return ['Always', 'IfNotPresent', 'Never'].map((text): Suggestion => ({
    form: 'text',
    text,
    kind: 'value',
    detail: text === value ? 'default' : '',
  }));
}

/** A line of its own to go on at, for what has several. */
function bodyOf(value: Value): Body | undefined {
  if (isList(value)) return { kind: 'list', item: { kind: 'open' } };
  if (isRecord(value)) return { kind: 'open' };
  return undefined;
}

/** `boolean, default false`, or the type alone where the default is long. */
function describeDefault(value: Value): string {
  const type = typeOf(value);
  if (type === 'null') return 'not set by default';
  if (isList(value)) return value.length === 0 ? 'list, empty by default' : 'list';
  if (isRecord(value)) return Object.keys(value).length === 0 ? 'map, empty by default' : 'map';
  if (value === '') return 'string, empty by default';
  const text = String(value).replace(/\s+/g, ' ');
  if (text.length > 60) return `${type}, default ${text.slice(0, 57)}…`;
  return `${type}, default ${text}`;
}

/** Defaults of the items of a list are those of other items. */
function isInList(view: StackView, path: Path): boolean {
  return path.some((_, index) => isList(view.catalog.defaultAt(path.slice(0, index + 1))));
}

/** What the value is at present, where a layer sets it. */
function moreOf(view: StackView, path: Path): Pick<Suggestion, 'more'> {
  const found = view.effective.at(path);
  if (found === undefined || found.winner.layer.file === undefined || found.winner.node.kind !== 'scalar')
    return {};
  return { more: mark`Now ${shortValue(shownPart(found.winner))}, from ${plain(found.winner.layer.label)}` };
}
