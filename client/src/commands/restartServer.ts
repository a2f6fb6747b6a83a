import { l10n, window, workspace } from 'vscode';
import type { Server } from '../server.ts';

/** Restarts the language server, and says what came of it. */
export async function restartServer(server: Server): Promise<void> {
  try {
    await server.restart();
  } catch (error) {
    // Nobody waits for the answer.
    void offerLog(server, error instanceof Error ? error.message : String(error));
    return;
  }
  const message = workspace.isTrusted
    ? l10n.t('The language server of deployKF was restarted')
    : l10n.t(
        'The language server of deployKF was restarted. The workspace is not trusted: files are only read and checked',
      );
  void window.showInformationMessage(message);
}

async function offerLog(server: Server, reason: string): Promise<void> {
  const show = l10n.t('Show the Log');
  const message = l10n.t('The language server of deployKF cannot be started: {0}', reason);
  if ((await window.showErrorMessage(message, show)) === show) server.showLog();
}
