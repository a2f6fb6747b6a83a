import type { StackView } from '../analysis/stackView.ts';
import type { Path } from '../yaml/nodes.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { imageBlock, imageSuggestions } from './imageCompletion.ts';
import { itemBlocks, itemKeySuggestions, itemValueSuggestions } from './itemCompletion.ts';
import {
  credentialBlocks,
  credentialKeySuggestions,
  exclusionSuggestions,
  secretNamespaceSuggestions,
} from './pullSecretCompletion.ts';
import { secretSuggestions } from './secretCompletion.ts';
import type { Suggestion } from './suggestion.ts';
import { keySuggestions, valueSuggestions } from './valueCompletion.ts';

/** What can be typed at a place in the values of a stack. */
export function valuesSuggestions(view: StackView, place: CompletionPlace): readonly Suggestion[] {
  const { on, path } = place;
  if (on === 'value') return scalarSuggestions(view, place);
  const isList = on === 'item' || (on === 'entry' && view.catalog.defaultType(path) === 'list');
  if (isList) return itemSuggestions(view, place);
  return keysAt(view, place).map(suggestion => withMore(view, place, suggestion));
}

function keysAt(view: StackView, { path, beside }: CompletionPlace): readonly Suggestion[] {
  return (
    credentialKeySuggestions(path, beside) ??
    itemKeySuggestions(view, path, beside) ??
    keySuggestions(view, path, beside)
  );
}

/** A key with the whole image below it, or with what it leads to. */
function withMore(view: StackView, place: CompletionPlace, suggestion: Suggestion): Suggestion {
  const below = { ...place, path: [...place.path, suggestion.text], beside: [] };
  const block = imageBlock(view, below);
  if (block !== undefined) return { ...suggestion, ...block };
  const component = view.catalog.componentAt(below.path);
  return {
    ...suggestion,
    ...(component && { detail: component.title }),
    leadsOn: leadsOn(view, below, suggestion),
  };
}

function leadsOn(view: StackView, below: CompletionPlace, { body }: Suggestion): boolean {
  if (body === undefined) return scalarSuggestions(view, below).length > 0;
  if (body.kind === 'open') return keysAt(view, below).length > 0;
  const isOpen = body.kind === 'list' && body.item.kind === 'open';
  return isOpen && itemSuggestions(view, { ...below, index: 0, isMap: false }).length > 0;
}

function scalarSuggestions(view: StackView, place: CompletionPlace): readonly Suggestion[] {
  const { path } = place;
  return (
    secretNamespaceSuggestions(view, path) ??
    secretSuggestions(view, path) ??
    imageSuggestions(view, place) ??
    itemValueSuggestions(view, path, []) ??
    valueSuggestions(view, path)
  );
}

function itemSuggestions(view: StackView, place: CompletionPlace): readonly Suggestion[] {
  const { path, beside, index, isMap, flow, needsDash } = place;
  const item = [...path, index];
  const suggestions: Suggestion[] = [];
  if (!isMap) suggestions.push(...blockItems(view, place, item));
  if (!isMap) suggestions.push(...textItems(view, place, item));
  // In brackets, a key needs braces of its own first.
  if (!flow) suggestions.push(...keyItems(view, item, isMap ? beside : []));
  if (!needsDash) return suggestions;
  return suggestions.map(suggestion => ({ ...suggestion, lead: '- ' }));
}

/** Whole items; the list opens again where it is known what their first key can have. */
function blockItems(view: StackView, place: CompletionPlace, item: Path): readonly Suggestion[] {
  const blocks = credentialBlocks(place.path) ?? itemBlocks(view, place.path);
  return blocks.map(block => {
    const [key] = block.body?.kind === 'map' ? (block.body.pairs[0] ?? []) : [];
    if (key === undefined) return block;
    const first = scalarSuggestions(view, { ...place, path: [...item, key], beside: [] });
    return { ...block, leadsOn: first.length > 0 };
  });
}

function textItems(view: StackView, place: CompletionPlace, item: Path): readonly Suggestion[] {
  const { path, beside } = place;
  return (
    exclusionSuggestions(view, path, beside) ??
    itemValueSuggestions(view, item, beside) ??
    imageSuggestions(view, { ...place, path: item }) ??
    []
  );
}

function keyItems(view: StackView, item: Path, present: readonly string[]): readonly Suggestion[] {
  return credentialKeySuggestions(item, present) ?? itemKeySuggestions(view, item, present) ?? [];
}
