import { window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  registryLayoutsRequest,
  sendRequest,
  type AdoptRegistryResult,
  type RegistryChoice,
  type RegistryLayoutsResult,
} from '../../../server/src/protocol.ts';

/** Asks for a registry and how it is laid out; `undefined`: the user left. */
export async function askRegistry(
  client: BaseLanguageClient,
  title: string,
): Promise<RegistryChoice | undefined> {
  const typed = await window.showInputBox({
    title,
    prompt: 'The registry, with a path if it has one',
    placeHolder: 'registry.example.com/mirror',
    ignoreFocusOut: true,
    validateInput: async value => {
      if (value.trim() === '') return undefined;
      return (await layoutsOf(client, value.trim())).problem;
    },
  });
  const registry = typed?.trim() ?? '';
  if (registry === '') return undefined;
  const layout = await askLayout(client, registry, title);
  if (layout === undefined) return undefined;
  return { registry, layout };
}

async function askLayout(
  client: BaseLanguageClient,
  registry: string,
  title: string,
): Promise<string | undefined> {
  const { layouts } = await layoutsOf(client, registry);
  const items = layouts.map(({ id, label, example, isSuggested }) => ({
    id,
    label,
    detail: example,
    ...(isSuggested && { description: 'suggested' }),
  }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: 'Where images go in the registry',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.id;
}

function layoutsOf(client: BaseLanguageClient, registry: string): Promise<RegistryLayoutsResult> {
  return sendRequest(client, registryLayoutsRequest, { registry });
}

/** Asks again where the choice has problems; `undefined`: the user does not want it with them. */
export async function confirmed(
  proceed: string,
  write: (isConfirmed: boolean) => Promise<AdoptRegistryResult>,
): Promise<AdoptRegistryResult | undefined> {
  const result = await write(false);
  if (result.problems === undefined) return result;
  const detail = result.problems.join('\n');
  const answer = await window.showWarningMessage(result.message, { modal: true, detail }, proceed);
  if (answer !== proceed) return undefined;
  return write(true);
}
