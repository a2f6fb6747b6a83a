import type { Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { candidateGlob, skippedFolders } from '../core/workspace/discovery.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { withoutIgnored } from '../host/gitIgnore.ts';
import { maxFileBytes, maxListed, type Files, type FileText } from '../host/files.ts';
import {
  findFilesRequest,
  readFileRequest,
  sendRequest,
  type FindFilesParams,
  type ReadFileParams,
} from '../protocol.ts';

/** Files as the client reads them, where only it can: in a browser, and in virtual workspaces. */
export function clientFiles(connection: Connection, { own }: ClientFeatures): Files {
  const files: Files = {
    async read(uri: string): Promise<FileText> {
      const params: ReadFileParams = { uri, maxBytes: maxFileBytes };
      try {
        return await sendRequest(connection, readFileRequest, params);
      } catch (error) {
        return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
  if (own.findsFiles !== true) return files;
  return { ...files, list: folder => listThroughClient(connection, folder, files).catch(() => []) };
}

async function listThroughClient(connection: Connection, folder: string, files: Files): Promise<readonly string[]> {
  const params: FindFilesParams = {
    folder,
    include: candidateGlob,
    exclude: `**/{${skippedFolders.join(',')}}/**`,
    maxResults: maxListed,
  };
  const found = await sendRequest(connection, findFilesRequest, params);
  return withoutIgnored(folder, found.map(normalizeUri).toSorted(), files);
}

const unreachable: Files = {
  read: () => Promise.resolve({ kind: 'unreadable', reason: 'the editor offers no access to it' }),
};

/** What this machine has is read directly, all else through the client when it can. */
export function combineFiles(own: Files | undefined, client: Files | undefined): Files {
  const filesOf = (uri: string): Files =>
    own !== undefined && uri.startsWith('file:') ? own : (client ?? unreachable);
  const read: Files['read'] = uri => filesOf(uri).read(uri);
  if (own?.list === undefined && client?.list === undefined) return { read };
  return { read, list: async (folder, options) => (await filesOf(folder).list?.(folder, options)) ?? [] };
}
