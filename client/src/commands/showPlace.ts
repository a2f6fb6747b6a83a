import { Uri, window, workspace } from 'vscode';
import type { FilePlace } from '../../../server/src/protocol.ts';
import { rangeOf } from '../rangeOf.ts';

/** Opens a file with a part of it selected. */
export async function showPlace(place: FilePlace): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(place.uri));
  await window.showTextDocument(document, { selection: rangeOf(place) });
}
