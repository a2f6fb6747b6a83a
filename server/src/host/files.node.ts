import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { listFiles } from './listFiles.node.ts';
import { maxFileBytes, type Files, type FileText } from './files.ts';
import { describeFailure } from './textFiles.node.ts';

/** The files of this machine. */
export const nodeFiles: Files = {
  read: readFileText,
  list: (folder, options) => listFiles(folder, options).catch(() => []),
};

async function readFileText(uri: string): Promise<FileText> {
  try {
    const path = fileURLToPath(uri);
    // Asked before the file is opened: opening a pipe would wait for its writer.
    const { size, isFile } = await describe(path);
    if (!isFile) return { kind: 'unreadable', reason: 'it is no file' };
    if (size > maxFileBytes) return { kind: 'tooLarge', bytes: size };
    return { kind: 'text', text: (await readFile(path, 'utf8')).replace(/^\uFEFF/, '') };
  } catch (error) {
    return failure(error);
  }
}

async function describe(path: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

function failure(error: unknown): FileText {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return { kind: 'unreadable', reason: describeFailure(error).replace(/^cannot be read: /, '') };
}
