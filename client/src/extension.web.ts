import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { MessageTransports } from 'vscode-languageclient';
import { activateWith } from './activate.ts';
import { clientId, clientName, clientOptions } from './client.ts';
import { Registries } from './registries.ts';

/** Runs the language server in a web worker, as on vscode.dev. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
  // Not the worker itself: VS Code's stand-in for it is not an instance of the class that the client asks for.
  const serverOptions = (): Promise<MessageTransports> => {
    const worker = new Worker(script);
    return Promise.resolve({
      reader: new BrowserMessageReader(worker),
      writer: new BrowserMessageWriter(worker),
    });
  };
  // A page may not ask registries: they do not let pages of others read their answers.
  const registries = new Registries(undefined);
  const create = (): LanguageClient =>
    new LanguageClient(clientId, clientName, serverOptions, clientOptions(registries));
  return activateWith(context, create, registries);
}
