import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.ts';
import { clientId, clientName, clientOptions } from './client.ts';

/** Runs the language server as a process of its own. */
export function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.cjs');
  const serverOptions = { module, transport: TransportKind.stdio };
  return activateWith(
    context,
    () => new LanguageClient(clientId, clientName, serverOptions, clientOptions()),
  );
}
