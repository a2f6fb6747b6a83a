import { Uri, type ExtensionContext } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { clientId, clientName, clientOptions } from './client.ts';
import { registerCommands } from './commands.ts';

/** Starts the language server in a web worker, as on vscode.dev. */
export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
  const client = new LanguageClient(clientId, clientName, () => startWorker(script), clientOptions());
  context.subscriptions.push(client, ...registerCommands(client));
  await client.start();
}

/** The client would take a worker itself, but VS Code's workers fail its `instanceof Worker`. */
function startWorker(script: string): Promise<MessageTransports> {
  const worker = new Worker(script);
  return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
}
