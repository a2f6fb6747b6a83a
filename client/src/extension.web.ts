import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './activate.ts';
import { clientId, clientName, clientOptions } from './client.ts';

/** Runs the language server in a web worker, as on vscode.dev. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
  const serverOptions = () => Promise.resolve(new Worker(script));
  return activateWith(context, () => new LanguageClient(clientId, clientName, serverOptions, clientOptions()));
}
