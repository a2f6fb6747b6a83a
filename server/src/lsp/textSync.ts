import { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { SourceText } from '../core/text/sourceText.ts';

/** The text after an editor's changes, each of which counts on the text that the one before it left. */
export function applyChanges(source: SourceText, changes: readonly TextDocumentContentChangeEvent[]): string {
  let current = source;
  for (const change of changes) current = new SourceText(applyChange(current, change));
  return current.text;
}

function applyChange(source: SourceText, change: TextDocumentContentChangeEvent): string {
  if (!TextDocumentContentChangeEvent.isIncremental(change)) return change.text;
  const start = source.offsetAt(change.range.start);
  const end = Math.max(start, source.offsetAt(change.range.end));
  return source.text.slice(0, start) + change.text + source.text.slice(end);
}
