import { stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { candidateKind, skippedFolders, withoutData } from '../core/workspace/discovery.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { describeUnread, maxListed, type ListOptions } from './files.ts';
import { GitIgnore, maxIgnoreBytes } from './gitIgnore.ts';
import { readFolder, readText } from './readFile.node.ts';

/** So many folders are read at once. */
const width = 32;

/**
 * The files in a folder and below that stacks may be made of, by their names. What `.gitignore` files ignore is left out.
 * Linked folders are not entered: those inside are found at their own place, and those outside may lead anywhere.
 */
export async function listFiles(
  uri: string,
  { isCancelled, most = maxListed, onUnread }: ListOptions,
): Promise<readonly string[]> {
  const root = fileURLToPath(uri);
  const rules = new GitIgnore();
  const found: string[] = [];
  let folders = [''];
  while (folders.length > 0 && found.length < most && !isCancelled()) {
    const batch = folders.slice(0, width);
    const read = await Promise.all(batch.map(folder => lookInto(root, folder, rules)));
    for (const { problem, path } of read) if (problem !== undefined) onUnread?.(uriOf(path), problem);
    folders = [...folders.slice(width), ...read.flatMap(result => result.folders)];
    found.push(...read.flatMap(result => result.files));
  }
  return found
    .slice(0, most)
    .sort()
    .map(path => uriOf(join(root, path)));
}

function uriOf(path: string): string {
  return normalizeUri(pathToFileURL(path).href);
}

interface FolderContent {
  readonly path: string;
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** The names end in `/` for folders and are relative to the root. */
async function lookInto(root: string, folder: string, rules: GitIgnore): Promise<FolderContent> {
  const path = join(root, folder);
  const read = await readFolder(path);
  if (read.kind === 'missing') return { path, folders: [], files: [] };
  if (read.kind !== 'folder') return { path, folders: [], files: [], problem: describeUnread(read) };
  const { entries } = read;
  // As git does it, only what is a file, and no link to one.
  if (entries.some(entry => entry.name === '.gitignore' && entry.isFile())) {
    const fileText = await readText(join(root, folder, '.gitignore'), {
      bounds: 'anywhere',
      maxBytes: maxIgnoreBytes,
    });
    if (fileText.kind === 'text') rules.add(folder, fileText.text);
  }
  const folders = entries
    .filter(entry => entry.isDirectory() && !skippedFolders.includes(entry.name))
    .map(entry => `${folder}${entry.name}/`)
    .filter(path => !rules.ignoresItself(path));
  const candidates = entries.filter(entry => !entry.isDirectory() && candidateKind(entry.name) !== undefined);
  const names = new Set(withoutData(candidates.map(({ name }) => name)));
  const named = candidates.filter(({ name }) => names.has(name));
  const files = await Promise.all(
    named.map(async entry => {
      const path = `${folder}${entry.name}`;
      if (!rules.ignoresItself(path) && (await isFile(entry, join(root, path)))) return [path];
      return [];
    }),
  );
  return { path, folders, files: files.flat() };
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    stats => stats.isFile(),
    () => false,
  );
}
