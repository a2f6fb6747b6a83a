import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.ts';
import { clientId, clientName, clientOptions } from './client.ts';
import { sendHttp } from './http.node.ts';
import { Registries } from './registries.ts';

/** Runs the language server as a process of its own. */
export function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.cjs');
  const serverOptions = { module, transport: TransportKind.stdio };
  const registries = new Registries(sendHttp);
  const create = (): LanguageClient =>
    new LanguageClient(clientId, clientName, serverOptions, clientOptions(registries));
  return activateWith(context, create, registries);
}
