import { env, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  addPullSecretRequest,
  offerPullSecretRequest,
  sendRequest,
  writePullSecretRequest,
  type AddPullSecretParams,
  type OfferPullSecretParams,
  type OfferPullSecretResult,
  type PullSecretParams,
  type PullSecretTexts,
  type WritePullSecretParams,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { askPullSecret, pullSecretTitle } from './askPullSecret.ts';
import { report } from './rewrite.ts';

/** Asks for an image pull Secret, makes it or helps to, and offers to add it to the values of the active file. */
export async function createPullSecret(server: Server): Promise<void> {
  const uri = window.activeTextEditor?.document.uri.toString();
  if (uri === undefined) return;
  const client = await server.start();
  const secret = await askPullSecret(params => offer(client, { uri, ...params }));
  if (secret === undefined || !(await make(client, await offer(client, { uri, ...secret })))) return;
  await offerToAdd(client, { uri, name: secret.name, namespace: secret.namespace });
}

function offer(client: BaseLanguageClient, params: OfferPullSecretParams): Promise<OfferPullSecretResult> {
  return sendRequest(client, offerPullSecretRequest, params);
}

interface Way {
  readonly label: string;
  readonly detail: string;
  /** Whether it came to its end. */
  readonly run: () => Promise<boolean>;
}

/** Whether the user went through with one of the ways. */
async function make(client: BaseLanguageClient, offered: OfferPullSecretResult): Promise<boolean> {
  const { texts } = offered;
  if (texts === undefined) return false;
  const picked = await window.showQuickPick(waysOf(client, offered, texts), {
    title: pullSecretTitle,
    placeHolder: `How to create "${offered.name}" in "${offered.namespace}"`,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return false;
  return picked.run();
}

function waysOf(
  client: BaseLanguageClient,
  { registries, name, namespace, dockerConfig }: OfferPullSecretResult,
  { command, manifest }: PullSecretTexts,
): readonly Way[] {
  const toTerminal: Way = {
    label: 'Put the Command in a Terminal',
    detail: 'It runs when you press Enter, and then asks for the user name and password',
    run: () => putIntoTerminal(command),
  };
  const fromDocker = (path: string): Way => ({
    label: 'Read the Local Docker Config…',
    detail: 'Writes the logins of these registries to a file for kubectl apply; asks before it reads them',
    run: () => writeFromDocker(client, { registries, name, namespace, path }),
  });
  return [
    {
      label: 'Copy the kubectl Command',
      detail: 'One line for a POSIX shell that asks for the user name and password',
      run: () => copy(command),
    },
    ...(workspace.isTrusted && isPosixShell(env.shell) ? [toTerminal] : []),
    { label: 'Open a Manifest', detail: 'With placeholders to fill in', run: () => openManifest(manifest) },
    ...(workspace.isTrusted && dockerConfig !== undefined ? [fromDocker(dockerConfig)] : []),
    {
      label: 'The Secret Already Exists',
      detail: 'Goes straight to the values',
      run: () => Promise.resolve(true),
    },
  ];
}

/** PowerShell and fish read the command in another way. */
function isPosixShell(shell: string): boolean {
  return /(?:^|[\\/])(?:ba|z|da|k|a)?sh(?:\.exe)?$/.test(shell);
}

async function copy(command: string): Promise<boolean> {
  await env.clipboard.writeText(command);
  window.setStatusBarMessage('The kubectl command was copied to the clipboard', 5000);
  return true;
}

/** A terminal of its own: what runs in another one might take the text for its input. */
function putIntoTerminal(command: string): Promise<boolean> {
  const terminal = window.createTerminal({ name: 'Pull Secret' });
  terminal.show();
  terminal.sendText(command, false);
  return Promise.resolve(true);
}

async function openManifest(content: string): Promise<boolean> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }));
  return true;
}

async function writeFromDocker(
  client: BaseLanguageClient,
  { path, ...secret }: PullSecretParams & { readonly path: string },
): Promise<boolean> {
  const read = 'Read the Docker Config';
  const detail = [
    `${path} is read where the extension runs. Only the logins for ${secret.registries.join(', ')} are taken.`,
    'They are written to the file that you choose next: encoded but not encrypted, readable only by you.',
    'They are not shown, logged or sent anywhere.',
  ].join('\n');
  const consent = await window.showWarningMessage(
    'Read passwords from the docker config?',
    { modal: true, detail },
    read,
  );
  if (consent !== read) return false;
  const target = await window.showSaveDialog({
    title: 'Write the Secret to',
    filters: { YAML: ['yaml', 'yml'] },
  });
  if (target === undefined) return false;
  const params: WritePullSecretParams = { ...secret, target: target.toString() };
  const { message, isWritten, notes } = await sendRequest(client, writePullSecretRequest, params);
  const text = [message, ...notes].join('. ');
  if (!isWritten) {
    await window.showErrorMessage(text);
    return false;
  }
  const next = `Next: kubectl apply -f ${Uri.parse(params.target).fsPath}`;
  if (notes.length > 0) void window.showWarningMessage(`${text}. ${next}`);
  else void window.showInformationMessage(`${text}. ${next}`);
  return true;
}

async function offerToAdd(client: BaseLanguageClient, params: AddPullSecretParams): Promise<void> {
  const add = 'Add to the Values';
  const answer = await window.showInformationMessage(
    `Add the Secret "${params.name}" to the values?`,
    add,
    'Not Now',
  );
  if (answer === add) await report(await sendRequest(client, addPullSecretRequest, params));
}
