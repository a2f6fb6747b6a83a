import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type ServerOptions } from 'vscode-languageclient/node';
import { clientId, clientName, clientOptions } from './client.ts';
import { registerCommands } from './commands.ts';

/** Starts the language server as a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const client = new LanguageClient(clientId, clientName, serverOptions(context), clientOptions());
  context.subscriptions.push(client, ...registerCommands(client));
  await client.start();
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const module = context.asAbsolutePath('dist/server.cjs');
  return { module, transport: TransportKind.stdio };
}
