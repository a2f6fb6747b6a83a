import type { StackView } from '../analysis/stackView.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Path } from '../yaml/nodes.ts';
import { formatText } from '../yaml/format.ts';
import { applicationSuggestions } from './applicationCompletion.ts';
import { bodySnippet, pairSnippet } from './blockSnippet.ts';
import { completionPlace, type CompletionPlace } from './completionPlace.ts';
import { componentLine, switchText } from './componentText.ts';
import { joined, lines, type Markdown } from './markdown.ts';
import { projectSuggestions } from './projectCompletion.ts';
import { pullSecretHover } from './pullSecretHover.ts';
import { startSuggestions } from './startCompletion.ts';
import type { Suggestion } from './suggestion.ts';
import { typedText, type TypedText } from './typedText.ts';
import { upstreamDocs } from './upstreamDocs.ts';
import { valuesSuggestions } from './valuesSuggestions.ts';

/** One line of the list that an editor shows, best first. */
export interface Completion {
  readonly label: string;
  readonly kind: Suggestion['kind'];
  readonly detail: string;
  /** Markdown. */
  readonly more?: string;
  /** What the typed text is compared with. */
  readonly filterText: string;
  /** Of the real file; what it takes the place of is within the line of the cursor. */
  readonly edit: TextEdit;
  /** The new text has the places to fill in, in the syntax of snippets. */
  readonly isSnippet?: true;
  /** Something can be chosen where the cursor is afterwards. */
  readonly leadsOn?: true;
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
  /** The editor takes snippets of several lines, and leaves their indentation as it is. */
  readonly takesBlocks?: boolean;
}

/** What can be typed at an offset; empty where nothing is known, also outside of deployKF's values. */
export function completion(snapshot: Snapshot, request: CompletionRequest): readonly Completion[] {
  const { uri, offset, isTyping, takesBlocks } = request;
  const typed = typedText(snapshot, uri, offset);
  const place = typed && completionPlace(typed);
  if (typed === undefined || place === undefined) return [];
  // What is put before a comment without a blank between would be one word with it.
  if (typed.typing.source.text[typed.typing.offset] === '#') return [];
  if (isTyping === true && place.on !== 'value' && (place.on !== 'item' || place.needsDash)) return [];
  const hasRoom = place.hasRoom && takesBlocks === true;
  return suggestionsIn(snapshot, { ...place, holds: typed.holds })
    .filter(({ form }) => form !== 'block' || hasRoom)
    .map(suggestion => toCompletion(suggestion, { ...place, hasRoom }));
}

function suggestionsIn(
  snapshot: Snapshot,
  place: CompletionPlace & Pick<TypedText, 'holds'>,
): readonly Suggestion[] {
  switch (place.holds) {
    case 'values': {
      const [view] = snapshot.viewsByChoice(place.file.uri);
      if (view === undefined) return [];
      return valuesSuggestions(view, place).map(suggestion => withDocs(snapshot, view, place, suggestion));
    }
    case 'application':
      return applicationSuggestions(snapshot, place);
    case 'project':
      return projectSuggestions(snapshot, place);
    case 'new':
      return startSuggestions(snapshot, place);
  }
}

/** A key with what its hover says of it, and upstream. */
function withDocs(
  snapshot: Snapshot,
  view: StackView,
  { file: { uri }, path }: CompletionPlace,
  suggestion: Suggestion,
): Suggestion {
  if (suggestion.form !== 'key') return suggestion;
  const below = [...path, suggestion.text];
  const docs = [suggestion.more, keyText(view, below), upstreamDocs(snapshot, view, { uri, path: below })];
  const said = docs.filter(text => text !== undefined);
  return said.length === 0 ? suggestion : { ...suggestion, more: joined(said, '\n\n') };
}

/** What a component or a switch is for; `undefined` for other keys. */
function keyText(view: StackView, path: Path): Markdown | undefined {
  const secrets = pullSecretHover(view, path);
  if (secrets !== undefined) return lines(secrets);
  const component = view.catalog.componentAt(path);
  if (component !== undefined) return componentLine(view, component);
  return switchText(view, path);
}

function toCompletion(suggestion: Suggestion, place: CompletionPlace): Completion {
  const { text, kind, detail, more, lead = '', leadsOn = false } = suggestion;
  const block = blockLines(suggestion, place);
  const newText = block?.join(`\n${' '.repeat(lead.length)}`) ?? written(suggestion, place);
  const isAtEnd = block !== undefined || suggestion.kind !== 'section';
  return {
    label: text,
    kind,
    detail,
    ...(more !== undefined && { more: more.text }),
    filterText: place.quote + text,
    edit: place.write(lead + newText),
    ...(block && { isSnippet: true }),
    ...(leadsOn && isAtEnd && { leadsOn }),
  };
}

/** `undefined` for what is on one line. */
function blockLines(
  { form, text, body }: Suggestion,
  { hasRoom, hasColon, step }: CompletionPlace,
): readonly string[] | undefined {
  if (body === undefined || !hasRoom || hasColon) return undefined;
  return form === 'block' ? bodySnippet(body, step) : pairSnippet(text, body, step);
}

function written({ form, text, kind }: Suggestion, { quote, flow, hasColon }: CompletionPlace): string {
  if (form === 'word') return text;
  const shown = formatText(text, styles[quote] ?? 'plain');
  if (form === 'text' || hasColon) return shown;
  if (kind === 'section' && !flow) return `${shown}:`;
  return `${shown}: `;
}

const styles: Readonly<Record<string, 'double' | 'single'>> = { '"': 'double', "'": 'single' };
