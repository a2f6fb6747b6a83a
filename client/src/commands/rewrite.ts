import { commands, l10n, window, type Uri } from 'vscode';
import {
  rewriteRequest,
  sendRequest,
  type RewriteParams,
  type RewriteResult,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { positionIn, targetFile } from './targetFile.ts';

/** Has the server rewrite something of a file, by default of the active one, and says what came of it. */
export async function rewrite(server: Server, what: RewriteParams['what'], given?: unknown): Promise<void> {
  const uri = await targetFile(server, given);
  if (uri === undefined) return;
  const params: RewriteParams = { uri, what, position: positionIn(uri, given) };
  const client = await server.start();
  const result = await sendRequest(client, rewriteRequest, params);
  await report(result);
  // Nobody waits for the answer: what was asked for is done.
  void offerPins(result, params.uri, server);
}

/** Asks whether to pin the tags, too, where a rewrite has left some to deploy time. */
async function offerPins({ pinnable = 0 }: RewriteResult, uri: string, server: Server): Promise<void> {
  if (pinnable === 0) return;
  const pin = l10n.t('Pin the Tags');
  const question =
    pinnable === 1
      ? l10n.t(
          'The tag of 1 image is left to deploy time, so that the mirror has to hold what is pulled then. Pin what is pulled now?',
        )
      : l10n.t(
          'The tags of {0} images are left to deploy time, so that the mirror has to hold what is pulled then. Pin what is pulled now?',
          pinnable,
        );
  const answer = await window.showInformationMessage(question, pin);
  if (answer !== pin) return;
  const client = await server.start();
  const position = { line: 0, character: 0 };
  await report(await sendRequest(client, rewriteRequest, { uri, what: 'pins', position }));
}

/** `file`: where a registry policy is to be used, if one is needed; by default in the active file. */
export async function report(
  { message, isApplied, needsRegistry }: RewriteResult,
  file?: Uri,
): Promise<void> {
  if (isApplied) window.setStatusBarMessage(message, 5000);
  else if (needsRegistry !== true) await window.showInformationMessage(message);
  else {
    const choose = l10n.t('Choose a Registry…');
    const answer = await window.showInformationMessage(message, choose);
    if (answer === choose) await commands.executeCommand('deploykf.rewriteToRegistry', file);
  }
}
