import { Range, Uri, window, workspace } from 'vscode';
import type { FilePlace } from '../../../server/src/protocol.ts';

/** Opens a file with a part of it selected. */
export async function showPlace({ uri, start, end }: FilePlace): Promise<void> {
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(await workspace.openTextDocument(Uri.parse(uri)), { selection });
}
