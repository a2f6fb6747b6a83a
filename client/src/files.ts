import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { readFileRequest, type ReadFileParams, type ReadFileResult } from '../../server/src/protocol.ts';

/** Lets the server read what only VS Code can: files of virtual workspaces, and all files in a browser. */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest(readFileRequest, ({ uri, maxBytes }: ReadFileParams) => readFile(Uri.parse(uri), maxBytes));
}

async function readFile(uri: Uri, maxBytes: number): Promise<ReadFileResult> {
  try {
    const { size, type } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0) return { kind: 'unreadable', reason: 'it is no file' };
    if (size > maxBytes) return { kind: 'tooLarge', bytes: size };
    return { kind: 'text', text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch (error) {
    const isMissing = error instanceof FileSystemError && error.code === 'FileNotFound';
    return isMissing ? { kind: 'missing' } : { kind: 'unreadable', reason: String(error) };
  }
}
