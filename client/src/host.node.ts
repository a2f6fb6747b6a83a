import { workspace, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientId, clientName, serverFile } from './client.ts';
import { findProgram } from './findProgram.node.ts';
import type { ExtensionHost } from './host.ts';
import { sendHttp } from './http.node.ts';

/** Runs the language server as a process of its own. */
export function nodeHost(context: ExtensionContext): ExtensionHost {
  const serverOptions = { module: context.asAbsolutePath(serverFile), transport: TransportKind.stdio };
  return {
    createClient: options => new LanguageClient(clientId, clientName, serverOptions, options),
    sendHttp,
    findProgram: name =>
      findProgram(name, {
        path: process.env.PATH ?? '',
        isWindows: process.platform === 'win32',
        excluded: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      }),
  };
}
