import { commands, l10n, Uri, ViewColumn, window, workspace, type TextEditor } from 'vscode';
import {
  chooseStackNotification,
  sendNotification,
  sendRequest,
  type FilePlace,
  type StackDocuments,
  type StackStatus,
} from '../../../server/src/protocol.ts';
import { effectivePlaceRequest } from '../../../server/src/protocol/effective.ts';
import { rangeOf } from '../rangeOf.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import type { FileStatusView } from '../status.ts';

/** Shows the values of the first stack of the active file beside it, at what is under the caret. */
export async function showEffectiveValues(server: Server, status: FileStatusView): Promise<void> {
  const editor = window.activeTextEditor;
  const documents = await documentsOf(status);
  if (documents === undefined) return;
  const { effective } = documents;
  const place = editor && (await placeOfCaret(server, editor, effective));
  const selection = place && rangeOf(place);
  await window.showTextDocument(await workspace.openTextDocument(Uri.parse(effective)), {
    preview: true,
    viewColumn: ViewColumn.Beside,
    ...(selection && { selection }),
  });
}

async function placeOfCaret(
  server: Server,
  { document, selection }: TextEditor,
  effective: string,
): Promise<FilePlace | null> {
  const { line, character } = selection.active;
  const params = { document: effective, uri: document.uri.toString(), position: { line, character } };
  return sendRequest(await server.start(), effectivePlaceRequest, params);
}

/** Shows the same beside the defaults of the release. */
export async function compareWithDefaults(status: FileStatusView): Promise<void> {
  const documents = await documentsOf(status);
  if (documents === undefined) return;
  const { name, release } = documents.stack;
  const title = `deployKF ${release} ↔ ${name === '' ? l10n.t('this file') : name}`;
  await commands.executeCommand(
    'vscode.diff',
    Uri.parse(documents.defaults),
    Uri.parse(documents.merged),
    title,
  );
}

/** Asks which stack of the active file comes first. */
export async function chooseStack(server: Server, status: FileStatusView): Promise<void> {
  const items = (status.active?.stacks ?? []).map((stack, index) => ({
    id: stack.id,
    label: withoutIcons(titleOf(stack)),
    description: [
      `deployKF ${withoutIcons(stack.release)}`,
      ...(index === 0 ? [l10n.t('shown first')] : []),
    ].join(' · '),
  }));
  const [only, ...others] = items;
  if (others.length === 0) {
    const said =
      only === undefined
        ? l10n.t('This file is not part of a deployKF stack')
        : l10n.t('{0} is the only stack of this file', only.label);
    await window.showInformationMessage(said);
    return;
  }
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Stack'),
    placeHolder: l10n.t('The stack that hovers show first'),
  });
  if (picked === undefined) return;
  await sendNotification(await server.start(), chooseStackNotification, { stack: picked.id });
}

function titleOf({ name }: StackStatus): string {
  return name === '' ? l10n.t('This file over the defaults') : name;
}

async function documentsOf(
  status: FileStatusView,
): Promise<(StackDocuments & { readonly stack: StackStatus }) | undefined> {
  const stack = status.active?.stacks[0];
  if (stack?.documents !== undefined) return { ...stack.documents, stack };
  await window.showInformationMessage(
    stack === undefined
      ? l10n.t('This file is not part of a deployKF stack')
      : l10n.t('deployKF {0} is not known', stack.release),
  );
  return undefined;
}
