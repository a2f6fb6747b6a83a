import type { Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { candidateGlob, skippedFolders } from '../core/workspace/discovery.ts';
import { isInside, normalizeUri } from '../core/stack/uri.ts';
import { withoutIgnored } from '../host/gitIgnore.ts';
import { boundFiles, fileProblems, maxFileBytes, maxListed, type FileSource, type FileText } from '../host/files.ts';
import {
  findFilesRequest,
  readFileRequest,
  sendRequest,
  type FindFilesParams,
  type ReadFileParams,
} from '../protocol.ts';

/**
 * Files as the client reads them, where only it can: in a browser, and in virtual workspaces. There, a URI is all that
 * tells where a file lies: nobody sees links or git work trees.
 */
export function clientFiles(connection: Connection, { own }: ClientFeatures): FileSource {
  const files: FileSource = {
    read: (uri, bounds) => {
      const problem = boundsProblem(uri, bounds);
      return problem === undefined ? readThroughClient(connection, uri) : Promise.resolve(unreadable(problem));
    },
  };
  if (own.findsFiles !== true) return files;
  return { ...files, list: folder => listThroughClient(connection, folder, files).catch(() => []) };
}

/** As that of the host, by URIs. */
function boundsProblem(uri: string, bounds: readonly string[]): string | undefined {
  const folder = bounds.find(candidate => isInside(candidate, uri));
  if (folder === undefined) return fileProblems.outside;
  return /(?:^|\/)\.git(?:\/|$)/i.test(uri.slice(folder.length)) ? fileProblems.ofGit : undefined;
}

function unreadable(problem: string): FileText {
  return { kind: 'unreadable', problem };
}

async function readThroughClient(connection: Connection, uri: string): Promise<FileText> {
  const params: ReadFileParams = { uri, maxBytes: maxFileBytes };
  try {
    const result = await sendRequest(connection, readFileRequest, params);
    return result.kind === 'unreadable' ? unreadable(`cannot be read: ${result.reason}`) : result;
  } catch (error) {
    return unreadable(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function listThroughClient(
  connection: Connection,
  folder: string,
  files: FileSource,
): Promise<readonly string[]> {
  const params: FindFilesParams = {
    folder,
    include: candidateGlob,
    exclude: `**/{${skippedFolders.join(',')}}/**`,
    maxResults: maxListed,
  };
  const found = await sendRequest(connection, findFilesRequest, params);
  return withoutIgnored(
    folder,
    found.map(normalizeUri).toSorted(),
    boundFiles(files, () => [folder]),
  );
}

const unreachable: FileSource = {
  read: () => Promise.resolve(unreadable('cannot be read: the editor offers no access to it')),
};

/** What this machine has is read directly, all else through the client when it can. */
export function combineFiles(own: FileSource | undefined, client: FileSource | undefined): FileSource {
  const filesOf = (uri: string): FileSource =>
    own !== undefined && uri.startsWith('file:') ? own : (client ?? unreachable);
  const read: FileSource['read'] = (uri, bounds) => filesOf(uri).read(uri, bounds);
  if (own?.list === undefined && client?.list === undefined) return { read };
  return { read, list: async (folder, options) => (await filesOf(folder).list?.(folder, options)) ?? [] };
}
