import { workspace, type Disposable } from 'vscode';
import { virtualScheme, virtualTextRequest, type VirtualTextParams } from '../../server/src/protocol.ts';
import type { Server } from './server.ts';

/** Read-only documents that the server makes, such as the pages of the rules. */
export function provideVirtualDocuments(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(virtualScheme, {
    async provideTextDocumentContent(uri, token) {
      const params: VirtualTextParams = { uri: uri.toString(true) };
      const client = await server.start();
      return client.sendRequest<string | null>(virtualTextRequest, params, token);
    },
  });
}
