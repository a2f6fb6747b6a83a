import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { MessageTransports } from 'vscode-languageclient';
import { activateWith } from './activate.ts';
import { clientId, clientName, clientOptions } from './client.ts';

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
  return activateWith(
    context,
    () => new LanguageClient(clientId, clientName, serverOptions, clientOptions()),
  );
}
