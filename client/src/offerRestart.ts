import { commands, l10n, window } from 'vscode';
import type { Server } from './server.ts';

/** Says that the server is down, and leads to what helps. */
export async function offerRestart(server: Server): Promise<void> {
  const restart = l10n.t('Restart');
  const show = l10n.t('Show the Log');
  const message = l10n.t('The language server of deployKF does not run');
  const answer = await window.showErrorMessage(message, restart, show);
  if (answer === restart) await commands.executeCommand('deploykf.restartServer');
  if (answer === show) server.showLog();
}
