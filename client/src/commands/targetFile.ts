import { l10n, Uri, window, workspace } from 'vscode';
import type { LensPlace } from '../../../server/src/protocol.ts';
import type { StackNode } from '../views/imageNode.ts';

/**
 * The file with the code lens that was clicked; that a menu was opened on, or that changes of a stack in the Images view belong in,
 * opened for the server; else the active one. `undefined`: there is none.
 */
export async function targetFile(given: unknown): Promise<string | undefined> {
  if (isLensPlace(given)) return given.uri;
  const uri = isStackNode(given) && given.stack.file !== undefined ? Uri.parse(given.stack.file) : given;
  if (!(uri instanceof Uri)) return window.activeTextEditor?.document.uri.toString();
  return (await workspace.openTextDocument(uri)).uri.toString();
}

/** Said where there is no file. Nobody waits for an answer. */
export function tellNoFile(): void {
  void window.showInformationMessage(l10n.t('Open a deployKF values file first'));
}

function isStackNode(given: unknown): given is StackNode {
  return typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'stack';
}

/** A key binding may give anything. */
function isLensPlace(given: unknown): given is LensPlace {
  return typeof given === 'object' && given !== null && 'uri' in given && 'position' in given;
}

/** The place of the code lens in a file, or that of the cursor; the start of a file that is not the active one. */
export function positionIn(uri: string, given: unknown): LensPlace['position'] {
  if (isLensPlace(given)) return given.position;
  const editor = window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri) return { line: 0, character: 0 };
  const { line, character } = editor.selection.active;
  return { line, character };
}
