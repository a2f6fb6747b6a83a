import { commands, window } from 'vscode';
import {
  rewriteRequest,
  sendRequest,
  type RewriteParams,
  type RewriteResult,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';

/** Has the server rewrite something of the active file, and says what came of it. */
export async function rewrite(server: Server, what: RewriteParams['what']): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const { line, character } = editor.selection.active;
  const params: RewriteParams = { uri: editor.document.uri.toString(), what, position: { line, character } };
  const client = await server.start();
  await report(await sendRequest(client, rewriteRequest, params));
}

export async function report({ message, isApplied, needsRegistry }: RewriteResult): Promise<void> {
  if (isApplied) window.setStatusBarMessage(message, 5000);
  else if (needsRegistry !== true) await window.showInformationMessage(message);
  else {
    const choose = 'Choose a Registry…';
    const answer = await window.showInformationMessage(message, choose);
    if (answer === choose) await commands.executeCommand('deploykf.rewriteToRegistry');
  }
}
