import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerAgentTools } from './agentTools.ts';
import { registerCommands } from './commands/index.ts';
import { answerFileRequests } from './files.ts';
import type { Registries } from './registries.ts';
import { Server } from './server.ts';
import { FileStatusView } from './status.ts';
import { ImagesView } from './views/imagesView.ts';
import { VirtualDocuments } from './virtualDocuments.ts';

/** What both builds do; they differ in how the server is made. */
export async function activateWith(
  context: ExtensionContext,
  create: () => BaseLanguageClient,
  registries: Registries,
): Promise<void> {
  const server = new Server(create);
  const status = new FileStatusView();
  const documents = new VirtualDocuments(server);
  const images = new ImagesView(server);
  const listener = server.onWillStart(client => {
    answerFileRequests(client);
    status.listen(client);
    documents.listen(client);
    images.listen(client);
    registries.listen(client);
  });
  context.subscriptions.push(
    listener,
    status,
    documents,
    images,
    ...registerCommands({ server, status, registries, images }),
    ...registerAgentTools(server),
    server,
  );
  await server.startWhenNeeded();
}
