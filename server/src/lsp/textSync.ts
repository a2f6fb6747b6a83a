import type { Position, Range } from 'vscode-languageserver';
import { SourceText } from '../core/text/sourceText.ts';
import { isObject } from './params.ts';

/**
 * The text after an editor's changes, each of which counts on the text that the one before it left. `undefined`: they are
 * no changes of a text. Places beyond the text are its end, and ends may be swapped, as for editors themselves.
 */
export function applyChanges(source: SourceText, changes: unknown): string | undefined {
  if (!Array.isArray(changes)) return undefined;
  let current = source;
  for (const change of changes) {
    if (!isChange(change)) return undefined;
    current = new SourceText(applyChange(current, change));
  }
  return current.text;
}

/** Without a range the text is the whole document's. */
interface Change {
  readonly range?: Range | null;
  readonly text: string;
}

function isChange(change: unknown): change is Change {
  if (!isObject(change) || typeof change['text'] !== 'string') return false;
  return change['range'] === undefined || change['range'] === null || isRange(change['range']);
}

function isRange(range: unknown): range is Range {
  return isObject(range) && isPosition(range['start']) && isPosition(range['end']);
}

function isPosition(position: unknown): position is Position {
  return isObject(position) && Number.isInteger(position['line']) && Number.isInteger(position['character']);
}

function applyChange(source: SourceText, { range, text }: Change): string {
  if (range === undefined || range === null) return text;
  const [first, second] = [source.offsetAt(range.start), source.offsetAt(range.end)];
  return source.text.slice(0, Math.min(first, second)) + text + source.text.slice(Math.max(first, second));
}
