import { l10n, Uri, window, workspace } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  exportMirrorRequest,
  offerReportsRequest,
  type OfferReportsResult,
  type StackReport,
} from '../../../server/src/protocol/reports.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { targetFile } from './targetFile.ts';

/** Asks for a stack of the active file where it has several; `undefined`: there is none, or none was chosen. */
export async function askStackOfFile(server: Server, title: string): Promise<StackReport | undefined> {
  return askStack(title, await offers(server));
}

/** Shows what a mirror must hold: the plan that a code lens names, else that for a stack of a file, by default of the active one. */
export async function showMirrorPlan(server: Server, given?: unknown): Promise<void> {
  if (typeof given === 'string') return showDocument(given);
  const stack = await askStack(l10n.t('Show Mirror Plan'), await offers(server, given));
  if (stack !== undefined) await showDocument(stack.plan);
}

/** Shows which Secrets reach which namespaces of a stack of a file, by default of the active one. */
export async function showPullSecrets(server: Server, given?: unknown): Promise<void> {
  const stack = await askStack(l10n.t('Show Namespaces and Pull Secrets'), await offers(server, given));
  if (stack !== undefined) await showDocument(stack.pullSecrets);
}

/** Asks for a form, and opens the plan in it as a new document. */
export async function exportMirror(server: Server): Promise<void> {
  const title = l10n.t('Export Mirror Plan');
  const offered = await offers(server);
  const stack = await askStack(title, offered);
  if (stack === undefined || offered === undefined) return;
  const items = offered.forms.map(({ name, summary }) => ({ label: name, description: summary }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('The form to write the plan in'),
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  const params = { stack: stack.id, form: picked.label };
  const exported = await sendRequest(await server.start(), exportMirrorRequest, params);
  if (exported.kind === 'refused') {
    await window.showWarningMessage(l10n.t('{0} is not written: {1}', picked.label, few(exported.reasons)));
    return;
  }
  const { text: content, language, notes } = exported;
  await window.showTextDocument(await workspace.openTextDocument({ language, content }), { preview: false });
  if (notes.length > 0) void window.showInformationMessage(few(notes));
}

/** Shows what an upgrade means: that of a document, else one that the user chooses for the active file. */
export async function previewUpgrade(server: Server, document?: unknown): Promise<void> {
  if (typeof document === 'string') return showDocument(document);
  const offered = await offers(server);
  if (offered === undefined) return;
  const [first, ...others] = offered.upgrades;
  if (first === undefined) {
    await window.showInformationMessage(l10n.t('No newer release of deployKF is known'));
    return;
  }
  if (others.length === 0) return showDocument(first.document);
  const items = offered.upgrades.map(({ from, to, document: uri }) => ({
    label: withoutIcons(to),
    description: l10n.t('from {0}', withoutIcons(from)),
    uri,
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Preview Upgrade'),
    placeHolder: l10n.t('The release to upgrade to'),
  });
  if (picked !== undefined) await showDocument(picked.uri);
}

/** What there is for a file, by default the active one; `undefined`, with a message, where it has no stack. */
async function offers(server: Server, given?: unknown): Promise<OfferReportsResult | undefined> {
  const uri = await targetFile(server, given);
  if (uri === undefined) return undefined;
  const offered = await sendRequest(await server.start(), offerReportsRequest, { uri });
  if (offered.stacks.length > 0) return offered;
  await window.showInformationMessage(
    l10n.t('This file is not part of a deployKF stack whose release is known'),
  );
  return undefined;
}

async function askStack(
  title: string,
  offered: OfferReportsResult | undefined,
): Promise<StackReport | undefined> {
  const [first, ...others] = offered?.stacks ?? [];
  if (offered === undefined || offered.isLayer || others.length === 0) return first;
  const items = offered.stacks.map(stack => ({
    label: stack.name === '' ? l10n.t('This file over the defaults') : withoutIcons(stack.name),
    description: withoutIcons(`deployKF ${stack.release}`),
    stack,
  }));
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('The stack') }))?.stack;
}

/** Opens a virtual document. */
export async function showDocument(uri: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(Uri.parse(uri)), { preview: true });
}

/** The first of many reasons, for a message. */
function few(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).join('; ');
  return texts.length > 3 ? l10n.t('{0}; and {1} more', shown, texts.length - 3) : shown;
}
