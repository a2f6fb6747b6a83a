import { commands, l10n, Uri, window, workspace } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import { adoptRegistryRequest, offerRewriteRequest } from '../../../server/src/protocol/rewrite.ts';
import { showChanges, type BeforeTexts, type KeptText } from '../beforeTexts.ts';
import type { Server } from '../server.ts';
import { confirmed } from './askRegistry.ts';
import { askRewrite, rewriteTitle } from './askRewrite.ts';
import { targetFile } from './targetFile.ts';

/**
 * Asks for a registry, a layout and files, by default those of the stacks of the active file, and has the server write the
 * registry policy and rewrite the images by one edit. Where there is a policy, only the files are asked for.
 */
export async function rewriteToRegistry(server: Server, texts: BeforeTexts, given?: unknown): Promise<void> {
  const uri = await targetFile(server, given);
  if (uri === undefined) return;
  const client = await server.start();
  const offer = await sendRequest(client, offerRewriteRequest, { uri });
  if (offer.problem !== undefined) {
    await window.showInformationMessage(offer.problem);
    return;
  }
  const asked = await askRewrite(client, uri, offer);
  if (asked === undefined) return;
  const { changed, ...params } = asked;
  const kept = await texts.keep(changed.map(file => Uri.parse(file)));
  const result = await confirmed(l10n.t('Rewrite Anyway'), isConfirmed =>
    sendRequest(client, adoptRegistryRequest, { ...params, ...(isConfirmed && { isConfirmed }) }),
  );
  if (result === undefined) return;
  if (!result.isApplied) {
    await window.showInformationMessage(result.message);
    return;
  }
  // What the command line and other people are to see must be on disk.
  if (result.projectFile !== undefined) await saveFile(Uri.parse(result.projectFile));
  // Nobody waits for the answer: what was asked for is done.
  void offerNext(result.message, kept, Uri.parse(uri));
}

async function offerNext(message: string, kept: readonly KeptText[], file: Uri): Promise<void> {
  const show = l10n.t('Show Changes');
  const secret = l10n.t('Create Pull Secret…');
  const plan = l10n.t('Show Mirror Plan');
  const answer = await window.showInformationMessage(message, show, secret, plan);
  if (answer === show) await showChanges(rewriteTitle, kept);
  if (answer === secret) await commands.executeCommand('deploykf.createPullSecret', file);
  if (answer === plan) await commands.executeCommand('deploykf.showMirrorPlan', file);
}

/** The user may have left it out in the preview. */
async function saveFile(uri: Uri): Promise<void> {
  const document = workspace.textDocuments.find(open => open.uri.toString() === uri.toString());
  await document?.save();
}
