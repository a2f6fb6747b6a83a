import { commands, window } from 'vscode';
import {
  rewriteRequest,
  sendRequest,
  type RewriteParams,
  type RewriteResult,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { placeOf } from './lensPlace.ts';

/** Has the server rewrite something at a code lens or in the active file, and says what came of it. */
export async function rewrite(server: Server, what: RewriteParams['what'], lens?: unknown): Promise<void> {
  const place = placeOf(lens);
  if (place === undefined) return;
  const params: RewriteParams = { ...place, what };
  const client = await server.start();
  const result = await sendRequest(client, rewriteRequest, params);
  await report(result);
  // Nobody waits for the answer: what was asked for is done.
  void offerPins(result, params.uri, server);
}

/** Asks whether to pin the tags, too, where a rewrite has left some to deploy time. */
export async function offerPins({ pinnable = 0 }: RewriteResult, uri: string, server: Server): Promise<void> {
  if (pinnable === 0) return;
  const pin = 'Pin the Tags';
  const tags = pinnable === 1 ? 'The tag of 1 image is' : `The tags of ${pinnable} images are`;
  const answer = await window.showInformationMessage(
    `${tags} left to deploy time, so that the mirror has to follow them. Pin what is pulled now?`,
    pin,
  );
  if (answer !== pin) return;
  const client = await server.start();
  const position = { line: 0, character: 0 };
  await report(await sendRequest(client, rewriteRequest, { uri, what: 'pins', position }));
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
