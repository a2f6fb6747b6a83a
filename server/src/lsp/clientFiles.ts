import type { Connection } from 'vscode-languageserver';
import { maxFileBytes, type Files, type FileText } from '../host/files.ts';
import { readFileRequest, type ReadFileParams, type ReadFileResult } from '../protocol.ts';

/** Files as the client reads them, where only it can: in a browser, and in virtual workspaces. */
export function clientFiles(connection: Connection): Files {
  return {
    async read(uri: string): Promise<FileText> {
      const params: ReadFileParams = { uri, maxBytes: maxFileBytes };
      try {
        return await connection.sendRequest<ReadFileResult>(readFileRequest, params);
      } catch (error) {
        return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

const unreachable: Files = {
  read: () => Promise.resolve({ kind: 'unreadable', reason: 'the editor offers no access to it' }),
};

/** What this machine has is read directly, all else through the client when it can. */
export function combineFiles(own: Files | undefined, client: Files | undefined): Files {
  return {
    read: uri => (own !== undefined && uri.startsWith('file:') ? own : (client ?? unreachable)).read(uri),
  };
}
