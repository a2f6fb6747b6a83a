import type { StackView } from '../analysis/stackView.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { TextEdit } from '../text/edit.ts';
import { formatText } from '../yaml/format.ts';
import { completionPlace, type CompletionPlace } from './completionPlace.ts';
import {
  credentialKeySuggestions,
  exclusionSuggestions,
  secretNamespaceSuggestions,
} from './pullSecretCompletion.ts';
import type { Suggestion } from './suggestion.ts';
import { keySuggestions, valueSuggestions } from './valueCompletion.ts';

/** One line of the list that an editor shows, best first. */
export interface Completion {
  readonly label: string;
  readonly kind: Suggestion['kind'];
  readonly detail: string;
  /** Markdown. */
  readonly more?: string;
  /** What the typed text is compared with. */
  readonly filterText: string;
  /** Of the real file; it stays within the line of the cursor. */
  readonly edit: TextEdit;
}

export interface CompletionRequest {
  readonly uri: string;
  /** In UTF-16 units. */
  readonly offset: number;
  /**
   * The editor asked on its own: a blank, bracket or quote was typed,
   * which only says something where a value is to follow.
   */
  readonly isTyping?: boolean;
}

/** What can be typed at an offset; empty where nothing is known, also outside of deployKF's values. */
export function completion(
  snapshot: Snapshot,
  { uri, offset, isTyping }: CompletionRequest,
): readonly Completion[] {
  if (!snapshot.isConcerned(uri)) return [];
  const place = completionPlace(snapshot, uri, offset);
  const view = place && snapshot.viewsByChoice(place.file.uri)[0];
  if (place === undefined || view === undefined) return [];
  // What is put before a comment without a blank between would be one word with it.
  if (snapshot.state.files.get(uri)?.text[offset] === '#') return [];
  if (isTyping === true && place.on !== 'value' && (place.on !== 'item' || place.needsDash)) return [];
  return suggestionsAt(view, place).map(suggestion => toCompletion(suggestion, place));
}

function suggestionsAt(view: StackView, place: CompletionPlace): readonly Suggestion[] {
  const { on, path, beside } = place;
  if (on === 'value') return secretNamespaceSuggestions(view, path) ?? valueSuggestions(view, path);
  const isList = on === 'item' || (on === 'entry' && view.catalog.defaultType(path) === 'list');
  if (isList) return itemSuggestions(view, place);
  return credentialKeySuggestions(path, beside) ?? keySuggestions(view, path, beside);
}

function itemSuggestions(view: StackView, place: CompletionPlace): readonly Suggestion[] {
  const { path, beside, index, isMap, flow, needsDash } = place;
  let suggestions: readonly Suggestion[] | undefined;
  if (!isMap) suggestions = exclusionSuggestions(view, path, beside);
  // In brackets, a key needs braces of its own first.
  if (!flow) suggestions ??= credentialKeySuggestions([...path, index], isMap ? beside : []);
  if (suggestions === undefined || !needsDash) return suggestions ?? [];
  return suggestions.map(suggestion => ({ ...suggestion, lead: '- ' }));
}

function toCompletion(suggestion: Suggestion, place: CompletionPlace): Completion {
  const { text, kind, detail, more, lead = '' } = suggestion;
  return {
    label: text,
    kind,
    detail,
    ...(more !== undefined && { more: more.text }),
    filterText: place.quote + text,
    edit: place.write(lead + written(suggestion, place)),
  };
}

function written({ form, text, kind }: Suggestion, { quote, flow, hasColon }: CompletionPlace): string {
  if (form === 'word') return text;
  const shown = formatText(text, styles[quote] ?? 'plain');
  if (form === 'text' || hasColon) return shown;
  if (kind === 'section' && !flow) return `${shown}:`;
  return `${shown}: `;
}

const styles: Readonly<Record<string, 'double' | 'single'>> = { '"': 'double', "'": 'single' };
