import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { MessageTransports } from 'vscode-languageclient';
import { clientId, clientName, serverFile } from './client.ts';
import type { ExtensionHost } from './host.ts';

/** Runs the language server in a web worker, as on vscode.dev. */
export function webHost(context: ExtensionContext): ExtensionHost {
  const script = Uri.joinPath(context.extensionUri, serverFile).toString(true);
  // Not the worker itself: VS Code's stand-in for it is not an instance of the class that the client asks for.
  const serverOptions = (): Promise<MessageTransports> => {
    const worker = new Worker(script);
    return Promise.resolve({
      reader: new BrowserMessageReader(worker),
      writer: new BrowserMessageWriter(worker),
    });
  };
  return {
    createClient: options => new LanguageClient(clientId, clientName, serverOptions, options),
    // A page may not ask registries: they do not let pages of others read their answers.
    sendHttp: undefined,
    findProgram: undefined,
  };
}
