import { Uri, window, workspace } from 'vscode';
import type { StackNode } from '../views/imageNode.ts';

/**
 * The file that a menu was opened on, or that changes of a stack in the Images view belong in, opened for the server; else the active
 * one. `undefined`: there is none.
 */
export async function targetFile(given: unknown): Promise<string | undefined> {
  const uri = isStackNode(given) && given.stack.file !== undefined ? Uri.parse(given.stack.file) : given;
  if (!(uri instanceof Uri)) return window.activeTextEditor?.document.uri.toString();
  return (await workspace.openTextDocument(uri)).uri.toString();
}

function isStackNode(given: unknown): given is StackNode {
  return typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'stack';
}

/** The cursor in a file; its start where it is not the active one. */
export function cursorIn(uri: string): { readonly line: number; readonly character: number } {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri) return { line: 0, character: 0 };
  const { line, character } = editor.selection.active;
  return { line, character };
}
