import { l10n, ProgressLocation, window, workspace } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import { verifyMirrorRequest, type VerifyMirrorResult } from '../../../server/src/protocol/verify.ts';
import type { Registries } from '../registries.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { askStackOfFile, showDocument } from './reports.ts';

/** Asks the registries for the images of a stack of the active file, or shows what was found before. */
export async function verifyMirror(
  server: Server,
  registries: Registries,
  document?: unknown,
): Promise<void> {
  if (typeof document === 'string') return showDocument(document);
  if (!workspace.isTrusted) {
    await window.showWarningMessage(
      l10n.t(
        'Registries are only asked in a trusted workspace, since the files of the workspace say which ones',
      ),
    );
    return;
  }
  const stack = await askStackOfFile(server, l10n.t('Verify Mirror'));
  if (stack === undefined) return;
  const client = await server.start();
  const result = await window.withProgress<VerifyMirrorResult>(
    { location: ProgressLocation.Notification, title: l10n.t('Asking the registries'), cancellable: true },
    (progress, token) =>
      registries.during(progress, () => sendRequest(client, verifyMirrorRequest, { stack: stack.id }, token)),
  );
  if (result.kind === 'refused') {
    await window.showWarningMessage(l10n.t('The mirror is not verified: {0}', withoutIcons(result.reason)));
    return;
  }
  await showDocument(result.document);
  const text = withoutIcons([result.summary, ...result.notes.slice(0, 2)].join('; '));
  void (result.isComplete ? window.showInformationMessage(text) : window.showWarningMessage(text));
}
