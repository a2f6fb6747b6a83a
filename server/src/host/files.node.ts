import { fileURLToPath } from 'node:url';
import { unreadFor } from './fileErrors.ts';
import type { FileSource, FileText } from './files.ts';
import { listFiles } from './listFiles.node.ts';
import { repositoryOf } from './repository.node.ts';
import { readText } from './readFile.node.ts';

/** The files of this machine. */
export const nodeFiles = {
  read: readUri,
  list: (folder, options) => listFiles(folder, options).catch(() => []),
  repository: repositoryOf,
} satisfies FileSource;

async function readUri(uri: string, bounds: readonly string[]): Promise<FileText> {
  try {
    return await readText(fileURLToPath(uri), { bounds: pathsOf(bounds) });
  } catch (error) {
    return unreadFor(error);
  }
}

/** Of folders; those on other machines and in virtual workspaces have none. */
export function pathsOf(folders: readonly string[]): readonly string[] {
  return folders.flatMap(uri => {
    try {
      return [fileURLToPath(uri)];
    } catch {
      return [];
    }
  });
}
