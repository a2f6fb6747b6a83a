import { candidateKind, skippedFolders } from '../core/workspace/discovery.ts';
import { isInside } from '../core/stack/uri.ts';
import { maxListed, type Files, type ListOptions } from '../host/files.ts';
import { withoutIgnored } from '../host/gitIgnore.ts';
import { isProjectFile, maxProjects } from './folders.ts';
import { FoundFiles } from './foundFiles.ts';
import { longestPiece, pause } from './pause.ts';

/** So many files are read at once. */
const width = 16;

/** The files of a folder that are worth looking into, by their names. */
export interface FolderList {
  readonly uris: readonly string[];
  /** The project files in the folder and below: they decide about stacks, but none is made of them. */
  readonly projects: readonly string[];
  /** `false`: the folder has more of them than anybody looks into. */
  readonly isWhole: boolean;
}

/** What a folder has to do with stacks. */
export interface FolderSearch {
  readonly found: FoundFiles;
  /** As of `FolderList`. */
  readonly projects: readonly string[];
  readonly isWhole: boolean;
  /** What is there and could not be looked into, files and folders, with a phrase that says why. */
  readonly unread: ReadonlyMap<string, string>;
}

/** Looks through a folder once; not at all where it has `most` files or more. */
export async function searchFolder(
  files: Files,
  folder: string,
  most: number = maxListed,
): Promise<FolderSearch> {
  const unread = new Map<string, string>();
  const options: ListOptions = {
    isCancelled: () => false,
    most,
    onUnread: (uri, problem) => unread.set(uri, problem),
  };
  const { uris, ...list } = await listFolder(files, folder, options);
  const found = new FoundFiles();
  if (!list.isWhole && most < maxListed) return { found, projects: [], isWhole: false, unread };
  await readInto(found, files, uris, options);
  for (const [uri, problem] of found.unread) unread.set(uri, problem);
  return { found, ...list, unread };
}

export async function listFolder(files: Files, folder: string, options: ListOptions): Promise<FolderList> {
  const listed = (await files.list?.(folder, options)) ?? [];
  return { ...byKind(listed), isWhole: listed.length < (options.most ?? maxListed) };
}

/** Those of some files that listing the folder would name, if they are there. */
export async function candidatesAmong(
  files: Files,
  folder: string,
  uris: readonly string[],
): Promise<Omit<FolderList, 'isWhole'>> {
  const own = uris.filter(
    uri => isInside(folder, uri) && candidateKind(uri) !== undefined && !isSkipped(folder, uri),
  );
  if (own.length === 0) return { uris: [], projects: [] };
  return byKind(await withoutIgnored(folder, own, files));
}

function byKind(uris: readonly string[]): Omit<FolderList, 'isWhole'> {
  return {
    uris: uris.filter(uri => !isProjectFile(uri)),
    projects: uris.filter(isProjectFile).slice(0, maxProjects),
  };
}

/** Whether a file is in a folder of a search's folder that no search enters. */
export function isSkipped(folder: string, uri: string): boolean {
  return uri
    .slice(folder.length)
    .split('/')
    .some(step => skippedFolders.includes(step));
}

/**
 * Reads files and keeps what of them has to do with stacks, in their order. What cannot be read is skipped: it may not
 * be ours. Others get their turn in between. Resolves to whether anything is other than before.
 */
export async function readInto(
  found: FoundFiles,
  files: Files,
  uris: readonly string[],
  { isCancelled }: ListOptions,
): Promise<boolean> {
  const before = [...found.bases].join('\n');
  found.takeNames(uris);
  let isNew = false;
  let since = performance.now();
  for (let start = 0; start < uris.length && !isCancelled(); start += width) {
    const batch = uris.slice(start, start + width);
    const results = await Promise.all(batch.map(uri => files.read(uri)));
    for (const [index, result] of results.entries()) {
      const uri = batch[index] ?? '';
      if (result.kind === 'text') isNew = found.take(uri, result.text) || isNew;
      else isNew = found.takeUnread(uri, result) || isNew;
      if (result.kind === 'missing') found.forget(uri);
      if (performance.now() - since < longestPiece) continue;
      await pause();
      since = performance.now();
    }
  }
  return isNew || before !== [...found.bases].join('\n');
}
