import { commands, l10n, Uri, window } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import { ignoreFindingRequest, type FindingPlace } from '../../../server/src/protocol/ignore.ts';
import type { Server } from '../server.ts';
import { report } from './rewrite.ts';

/** Asks for the reason, and has the server write the comment that ignores a finding of the lightbulb. */
export async function ignoreFinding(server: Server, place?: FindingPlace): Promise<void> {
  if (place === undefined) return;
  const typed = await window.showInputBox({
    title: l10n.t('Ignore {0} Here', place.code),
    prompt: l10n.t('The reason, for whoever reads the comment next'),
    placeHolder: l10n.t('the team wants it so'),
    ignoreFocusOut: true,
    validateInput: value => (hasWords(value) ? undefined : l10n.t('A reason is needed')),
  });
  if (typed === undefined) return;
  const client = await server.start();
  await report(await sendRequest(client, ignoreFindingRequest, { ...place, reason: typed }));
}

function hasWords(text: string): boolean {
  return /[^\s:,–—-]/.test(text);
}

/** Opens the page of a rule where the code of a finding leads to. */
export async function openRulePage(page?: string): Promise<void> {
  if (page !== undefined) await commands.executeCommand('vscode.open', Uri.parse(page));
}
