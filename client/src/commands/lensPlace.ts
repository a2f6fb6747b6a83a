import { window } from 'vscode';
import type { LensPlace } from '../../../server/src/protocol.ts';

/** The place of the code lens that runs a command, else that of the cursor; `undefined`: there is no editor. */
export function placeOf(argument: unknown): LensPlace | undefined {
  if (isLensPlace(argument)) return argument;
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** A key binding may give anything. */
function isLensPlace(argument: unknown): argument is LensPlace {
  return typeof argument === 'object' && argument !== null && 'uri' in argument && 'position' in argument;
}
