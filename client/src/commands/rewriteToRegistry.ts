import { Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  adoptRegistryRequest,
  inferRegistryRequest,
  registryLayoutsRequest,
  sendRequest,
  type AdoptRegistryParams,
  type AdoptRegistryResult,
  type InferRegistryParams,
  type RegistryLayoutsParams,
  type RegistryLayoutsResult,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { offerPins, report } from './rewrite.ts';

/** Asks for a registry and a layout, writes them into the project file, and rewrites the stacks of the active file. */
export async function rewriteToRegistry(server: Server): Promise<void> {
  const uri = window.activeTextEditor?.document.uri.toString();
  if (uri === undefined) return;
  const client = await server.start();
  const asked = await askChoice(client, uri);
  if (asked === undefined) return;
  const result = await adopt(client, { uri, ...asked });
  if (result === undefined) return;
  // What the command line and other people are to see must be on disk.
  if (result.projectFile !== undefined) await saveFile(Uri.parse(result.projectFile));
  await report(result);
  void offerPins(result, uri, server);
}

/** `undefined`: the user does not want it with its problems. */
async function adopt(
  client: BaseLanguageClient,
  params: AdoptRegistryParams,
): Promise<AdoptRegistryResult | undefined> {
  const result = await sendRequest(client, adoptRegistryRequest, params);
  if (result.problems === undefined || params.isConfirmed === true) return result;
  const proceed = 'Rewrite Anyway';
  const detail = result.problems.join('\n');
  const answer = await window.showWarningMessage(result.message, { modal: true, detail }, proceed);
  if (answer !== proceed) return undefined;
  return adopt(client, { ...params, isConfirmed: true });
}

/** `undefined`: the user left. */
async function askChoice(
  client: BaseLanguageClient,
  uri: string,
): Promise<Pick<AdoptRegistryParams, 'choice'> | undefined> {
  const source = await askSource(client, uri);
  if (source === 'inferred') return { choice: undefined };
  const registry = source === undefined ? undefined : await askRegistry(client);
  const layout = registry === undefined ? undefined : await askLayout(client, registry);
  if (registry === undefined || layout === undefined) return undefined;
  return { choice: { registry, layout } };
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
    title: 'Rewrite to a Private Registry',
    placeHolder: 'How to rewrite the other images',
    ignoreFocusOut: true,
  });
  return picked?.id;
}

async function askRegistry(client: BaseLanguageClient): Promise<string | undefined> {
  const registry = await window.showInputBox({
    title: 'Rewrite to a Private Registry',
    prompt: 'The registry, with a path if it has one',
    placeHolder: 'registry.example.com/mirror',
    ignoreFocusOut: true,
    validateInput: async value => {
      if (value.trim() === '') return undefined;
      return (await layoutsOf(client, value.trim())).problem;
    },
  });
  if (registry === undefined || registry.trim() === '') return undefined;
  return registry.trim();
}

async function askLayout(client: BaseLanguageClient, registry: string): Promise<string | undefined> {
  const { layouts } = await layoutsOf(client, registry);
  const items = layouts.map(({ id, label, example, isSuggested }) => ({
    id,
    label,
    detail: example,
    ...(isSuggested && { description: 'suggested' }),
  }));
  const picked = await window.showQuickPick(items, {
    title: 'Rewrite to a Private Registry',
    placeHolder: 'Where images go in the registry',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.id;
}

function layoutsOf(client: BaseLanguageClient, registry: string): Promise<RegistryLayoutsResult> {
  const params: RegistryLayoutsParams = { registry };
  return sendRequest(client, registryLayoutsRequest, params);
}

async function saveFile(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await document.save();
}
