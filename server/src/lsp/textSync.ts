import type { Position, Range } from 'vscode-languageserver';
import { SourceText } from '../core/text/sourceText.ts';
import { isObject } from './params.ts';

/**
 * The text after an editor's changes, each of which counts on the text that the one before it left. `undefined`: they are
 * not changes of a text. Places beyond the text are its end, and ends may be swapped, as for editors themselves.
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

export function isChange(change: unknown): change is Change {
  if (!isObject(change) || typeof change['text'] !== 'string') return false;
  return change['range'] === undefined || change['range'] === null || isRange(change['range']);
}

function isRange(range: unknown): range is Range {
  return isObject(range) && isPosition(range['start']) && isPosition(range['end']);
}

function isPosition(position: unknown): position is Position {
  return isObject(position) && Number.isInteger(position['line']) && Number.isInteger(position['character']);
}

/** In UTF-16 code units: from this on an index of all lines costs more, at each change, than finding one line. */
const largeText = 2 ** 21;

function applyChange(source: SourceText, { range, text }: Change): string {
  if (range === undefined || range === null) return text;
  const [first, second] = [offsetAt(source, range.start), offsetAt(source, range.end)];
  return source.text.slice(0, Math.min(first, second)) + text + source.text.slice(Math.max(first, second));
}

/** As `SourceText.offsetAt`. */
function offsetAt(source: SourceText, { line, character }: Position): number {
  const { text } = source;
  if (text.length < largeText) return source.offsetAt({ line, character });
  if (line < 0) return 0;
  let start = 0;
  for (let at = 0; at < line; at++) {
    const end = lineEnd(text, start);
    if (end === text.length) return end;
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return Math.min(start + Math.max(0, character), lineEnd(text, start));
}

function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}
