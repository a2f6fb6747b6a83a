import { FileSystemError, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  findFilesRequest,
  onRequest,
  readFileRequest,
  type FindFilesParams,
  type FindFilesResult,
  type ReadFileResult,
} from '../../server/src/protocol.ts';

/** Lets the server find and read what only VS Code can: files of virtual workspaces, and all files in a browser. */
export function answerFileRequests(client: BaseLanguageClient): void {
  onRequest(client, readFileRequest, ({ uri, maxBytes }) => readFile(Uri.parse(uri), maxBytes));
  onRequest(client, findFilesRequest, findFiles);
}

async function findFiles({
  folder,
  include,
  exclude,
  maxResults,
}: FindFilesParams): Promise<FindFilesResult> {
  const found = await workspace.findFiles(
    new RelativePattern(Uri.parse(folder), include),
    exclude,
    maxResults,
  );
  return found.map(String);
}

async function readFile(uri: Uri, maxBytes: number): Promise<ReadFileResult> {
  try {
    const { size, type } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0) return { kind: 'unreadable', reason: 'it is not a regular file' };
    if (size > maxBytes) return { kind: 'tooLarge', bytes: size };
    return { kind: 'text', text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch (error) {
    const isMissing = error instanceof FileSystemError && error.code === 'FileNotFound';
    if (isMissing) return { kind: 'missing' };
    return { kind: 'unreadable', reason: String(error) };
  }
}
