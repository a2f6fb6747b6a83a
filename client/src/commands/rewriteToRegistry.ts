import { Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  adoptRegistryRequest,
  inferRegistryRequest,
  sendRequest,
  type AdoptRegistryParams,
  type InferRegistryParams,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { askRegistry, confirmed } from './askRegistry.ts';
import { offerPins, report } from './rewrite.ts';
import { targetFile } from './targetFile.ts';

const title = 'Rewrite to a Private Registry';

/** Asks for a registry and a layout, writes them into the project file, and rewrites the stacks of a file, by default of the active one. */
export async function rewriteToRegistry(server: Server, given?: unknown): Promise<void> {
  const uri = await targetFile(given);
  if (uri === undefined) return;
  const client = await server.start();
  const asked = await askChoice(client, uri);
  if (asked === undefined) return;
  const result = await confirmed('Rewrite Anyway', isConfirmed =>
    sendRequest(client, adoptRegistryRequest, { uri, ...asked, ...(isConfirmed && { isConfirmed }) }),
  );
  if (result === undefined) return;
  // What the command line and other people are to see must be on disk.
  if (result.projectFile !== undefined) await saveFile(Uri.parse(result.projectFile));
  await report(result);
  void offerPins(result, uri, server);
}

/** `undefined`: the user left. */
async function askChoice(
  client: BaseLanguageClient,
  uri: string,
): Promise<Pick<AdoptRegistryParams, 'choice'> | undefined> {
  const source = await askSource(client, uri);
  if (source === 'inferred') return { choice: undefined };
  const choice = source === undefined ? undefined : await askRegistry(client, title);
  return choice && { choice };
}

/** Whether to go on as the private images of the file do already; asked only where they follow a rule. */
async function askSource(client: BaseLanguageClient, uri: string): Promise<'inferred' | 'asked' | undefined> {
  const params: InferRegistryParams = { uri };
  const { rules } = await sendRequest(client, inferRegistryRequest, params);
  if (rules.length === 0) return 'asked';
  const items = [
    {
      id: 'inferred',
      label: 'Like the images here that are already private',
      detail: withoutIcons(rules.join(', ')),
    },
    { id: 'asked', label: 'To another registry…' },
  ] as const;
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: 'How to rewrite the other images',
    ignoreFocusOut: true,
  });
  return picked?.id;
}

async function saveFile(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await document.save();
}
