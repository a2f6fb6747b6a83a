import type { ExtensionContext } from 'vscode';
import { BeforeTexts } from './beforeTexts.ts';
import { registerAgentTools } from './agentTools.ts';
import { listenToYaml } from './besideYaml.ts';
import { registerCheckTask } from './checkTask.ts';
import { clientName, clientOptions } from './client.ts';
import { registerCommands } from './commands/index.ts';
import { answerFileRequests } from './files.ts';
import type { ExtensionHost } from './host.ts';
import { offerRestart } from './offerRestart.ts';
import { registerImagePaste } from './pasteImages.ts';
import { createLog } from './log.ts';
import { Registries } from './registries.ts';
import { Server } from './server.ts';
import { FileStatusView } from './status.ts';
import { ImagesView } from './views/imagesView.ts';
import { OverriddenValues } from './overriddenValues.ts';
import { VirtualDocuments } from './virtualDocuments.ts';

export async function activateWith(
  context: ExtensionContext,
  { createClient, sendHttp, findProgram }: ExtensionHost,
): Promise<void> {
  const registries = new Registries(sendHttp);
  const log = createLog(clientName, context);
  const server = new Server(log, errorHandler =>
    createClient({ ...clientOptions(registries, log), errorHandler }),
  );
  const status = new FileStatusView();
  const documents = new VirtualDocuments(server);
  const images = new ImagesView(server, first => status.showFirst(first));
  const texts = new BeforeTexts();
  const overridden = new OverriddenValues(server, status);
  const failures = server.onDidFail(failure => {
    status.isServerDown = failure !== undefined;
    images.isServerDown = failure !== undefined;
    // Nobody waits for the answer. VS Code has told of a start that failed.
    if (failure === 'ended') void offerRestart(server);
  });
  const listener = server.onWillStart(client => {
    answerFileRequests(client);
    status.listen(client);
    documents.listen(client);
    images.listen(client);
    registries.listen(client);
  });
  context.subscriptions.push(
    failures,
    listener,
    status,
    documents,
    images,
    texts,
    ...registerCommands({ server, status, registries, images, texts, storage: context.globalStorageUri }),
    ...registerAgentTools(server),
    ...registerImagePaste(server),
    ...registerCheckTask(server, findProgram),
    ...listenToYaml(server),
    overridden,
    server,
    log,
  );
  await server.startWhenNeeded();
}
