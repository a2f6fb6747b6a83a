import { constants } from 'node:fs';
import { open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { boundsProblem, type Bounds } from './bounds.node.ts';
import { fileProblems, maxFileBytes, type FileText, type Unread } from './files.ts';
import { unreadFor } from './fileErrors.ts';
import { decodeText, headBytes, headOf, type TextFile } from './textFiles.node.ts';
import { Semaphore } from './semaphore.ts';

/**
 * All reading of this process goes through these: file descriptors are the process's own, and some systems give it no more
 * than 256 of them.
 */
const turns = new Semaphore(16);

export interface ReadOptions {
  readonly bounds: Bounds;
  /** A larger file is not read; `maxFileBytes` by default. */
  readonly maxBytes?: number;
}

/** A file's text as an editor would show it: without a byte order mark, and whatever its bytes are. Never rejects. */
export async function readText(path: string, options: ReadOptions): Promise<FileText> {
  const read = await readBytes(path, options);
  if (read.kind === 'bytes') return { kind: 'text', text: new TextDecoder().decode(read.bytes) };
  return read;
}

/** Reads a file that is to be written again: nothing but UTF-8, so that every byte is kept. Never rejects. */
export async function readTextFile(path: string, bounds: Bounds): Promise<TextFile | Unread> {
  const read = await readBytes(path, { bounds });
  if (read.kind === 'bytes') return decodeText(read.bytes);
  return read;
}

type FileBytes = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | Unread;

function readBytes(path: string, { bounds, maxBytes = maxFileBytes }: ReadOptions): Promise<FileBytes> {
  return withRegularFile(path, bounds, async ({ handle, size }) => {
    if (size > maxBytes) return { kind: 'tooLarge', ...headOf(await readHead(handle)) };
    const bytes = await readUpTo(handle, size, maxBytes);
    if (bytes === undefined) return { kind: 'tooLarge' };
    return { kind: 'bytes', bytes };
  });
}

export interface OpenFile {
  readonly handle: FileHandle;
  /** In bytes, as the system tells it; files of the kernel say 0. */
  readonly size: number;
}

/** Opens a regular file for some work and closes it. Never rejects: why the work was not done, or failed, is the answer. */
export async function withRegularFile<T>(
  path: string,
  bounds: Bounds,
  work: (file: OpenFile) => Promise<T>,
): Promise<T | Unread> {
  try {
    // Asked first: a pipe that only the process knows has no real path.
    const special = specialProblem(await stat(path));
    if (special !== undefined) return { kind: 'unreadable', problem: special };
    const real = await realpath(path);
    const problem = await boundsProblem(real, bounds, path);
    if (problem !== undefined) return { kind: 'unreadable', problem };
    return await turns.take(() => openFor(real, work));
  } catch (error) {
    return unreadFor(error);
  }
}

/**
 * What is not a file was turned away by now: opening a device can do things, and opening a pipe wakes its
 * writer. This looks again at what was opened, since another file may have taken its place, and opens so that
 * nothing waits.
 */
async function openFor<T>(path: string, work: (file: OpenFile) => Promise<T>): Promise<T | Unread> {
  const handle = await open(path, openFlags());
  try {
    const stats = await handle.stat();
    const problem = specialProblem(stats);
    if (problem === undefined) return await work({ handle, size: stats.size });
    return { kind: 'unreadable', problem };
  } finally {
    await handle.close();
  }
}

/** Windows knows some of them not, and has nothing that they would be for. */
function openFlags(): number {
  const known: Readonly<Record<string, number | undefined>> = constants;
  return ['O_NONBLOCK', 'O_NOCTTY', 'O_NOFOLLOW'].reduce(
    (flags, name) => flags | (known[name] ?? 0),
    constants.O_RDONLY,
  );
}

function specialProblem(found: { isFile(): boolean; isDirectory(): boolean }): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return fileProblems.folder;
  return fileProblems.special;
}

async function readHead(handle: FileHandle): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** In bytes: what is read at once where the size says nothing. */
const piece = 64 * 1024;

/** Everything up to the end, whatever the size said; `undefined` when that is more than the limit. */
async function readUpTo(handle: FileHandle, size: number, limit: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const wanted = Math.min(Math.max(size - total, piece), limit - total) + 1;
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted);
    total += bytesRead;
    pieces.push(buffer.subarray(0, bytesRead));
    if (total > limit) return undefined;
    if (bytesRead === 0 || (total === size && bytesRead < wanted)) return Buffer.concat(pieces, total);
  }
}

export interface FolderEntries {
  readonly kind: 'folder';
  readonly entries: readonly Dirent[];
}

/** What is in a folder, or why it cannot be read. Never rejects. */
export function readFolder(path: string): Promise<FolderEntries | Unread> {
  return turns
    .take(async () => ({ kind: 'folder' as const, entries: await readdir(path, { withFileTypes: true }) }))
    .catch(unreadFor);
}
