import { Range, Uri, window, workspace } from 'vscode';
import type { FilePlace } from '../../../server/src/protocol.ts';

/** Opens a file with a part of it selected. */
export async function showPlace(place: FilePlace): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(place.uri));
  await window.showTextDocument(document, { selection: rangeOf(place) });
}

export function rangeOf({ start, end }: FilePlace): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
