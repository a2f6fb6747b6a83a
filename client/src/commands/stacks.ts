import { commands, Uri, window, workspace } from 'vscode';
import { chooseStackNotification, sendNotification, type StackStatus } from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import type { FileStatusView } from '../status.ts';

/** Shows the values that are left after the merge of the first stack of the active file. */
export async function showEffectiveValues(status: FileStatusView): Promise<void> {
  const documents = await documentsOf(status);
  if (documents === undefined) return;
  await window.showTextDocument(await workspace.openTextDocument(Uri.parse(documents.effective)), {
    preview: true,
  });
}

/** Shows the same beside the defaults of the release. */
export async function compareWithDefaults(status: FileStatusView): Promise<void> {
  const documents = await documentsOf(status);
  if (documents === undefined) return;
  const { name, release } = documents.stack;
  const title = `deployKF ${release} ↔ ${name === '' ? 'this file' : name}`;
  await commands.executeCommand(
    'vscode.diff',
    Uri.parse(documents.defaults),
    Uri.parse(documents.effective),
    title,
  );
}

/** Asks which stack of the active file comes first. */
export async function chooseStack(server: Server, status: FileStatusView): Promise<void> {
  const items = (status.active?.stacks ?? []).map((stack, index) => ({
    id: stack.id,
    label: withoutIcons(titleOf(stack)),
    description: `deployKF ${withoutIcons(stack.release)}${index === 0 ? ' · shown first' : ''}`,
  }));
  const [only, ...others] = items;
  if (others.length === 0) {
    const said =
      only === undefined
        ? 'This file is not part of a deployKF stack'
        : `${only.label} is the only stack of this file`;
    await window.showInformationMessage(said);
    return;
  }
  const picked = await window.showQuickPick(items, {
    title: 'Stack',
    placeHolder: 'The stack that hovers show first',
  });
  if (picked === undefined) return;
  await sendNotification(await server.start(), chooseStackNotification, { stack: picked.id });
}

function titleOf({ name }: StackStatus): string {
  return name === '' ? 'This file over the defaults' : name;
}

async function documentsOf(
  status: FileStatusView,
): Promise<
  { readonly effective: string; readonly defaults: string; readonly stack: StackStatus } | undefined
> {
  const stack = status.active?.stacks[0];
  if (stack?.documents !== undefined) return { ...stack.documents, stack };
  await window.showInformationMessage(
    stack === undefined
      ? 'This file is not part of a deployKF stack'
      : `deployKF ${stack.release} is not known`,
  );
  return undefined;
}
