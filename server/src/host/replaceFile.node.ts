import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './fileErrors.ts';

/** A file that is to be written, and what it was when it was looked at. */
export interface Replacement {
  /** The whole new text, a byte order mark included. */
  readonly text: string;
  /** The text that the new one was made from, a byte order mark included; `undefined`: there was no file, or it does not matter. */
  readonly expected?: string | undefined;
}

type Stats = Awaited<ReturnType<typeof stat>>;

/**
 * Replaces a file in one step: others see the old text or the new one, also after a crash. Owner, group and mode stay, and a
 * symbolic link stays a link. A file that somebody else has written since it was read is left alone, and so is one that is
 * read-only. What killed runs left beside it is removed. Never rejects: the answer is a phrase to put after the file's
 * name, `undefined` when it is done.
 */
export async function replaceFile(path: string, replacement: Replacement): Promise<string | undefined> {
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryBeside(target);
  try {
    await removeLeftovers(target);
    const before = await stat(target).catch(ignoreMissing);
    const refusal = before && (await reasonToRefuse(target, before));
    if (refusal !== undefined) return refusal;
    await writeTemporary(temporary, replacement.text, before);
    if (await isChanged(target, before, replacement.expected)) return changedMeanwhile;
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return undefined;
  } catch (error) {
    return describeWriteFailure(error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

const changedMeanwhile =
  'was changed by another program in the meantime and is left alone: run the command again';

/** A name that `removeLeftovers` knows, and whose process it can ask for. */
export function temporaryBeside(target: string): string {
  return join(dirname(target), `${temporaryPrefix(target)}${process.pid}-${randomUUID()}.tmp`);
}

/** Long names are cut, since the temporary one is longer. */
function temporaryPrefix(target: string): string {
  return `.${basename(target).slice(0, 60)}.deploykf-values-`;
}

async function removeLeftovers(target: string): Promise<void> {
  const prefix = temporaryPrefix(target);
  const names = await readdir(dirname(target)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix) || !name.endsWith('.tmp')) continue;
    const [pid = ''] = name.slice(prefix.length).split('-');
    const path = join(dirname(target), name);
    if (/^\d+$/.test(pid) && (await isLeft(path, Number(pid)))) await rm(path, { force: true });
  }
}

/** To write a file takes seconds. */
const longestWrite = 3_600_000;

/** In containers each run has the number of the one before: then the age of the file tells. */
async function isLeft(path: string, pid: number): Promise<boolean> {
  if (!isRunning(pid)) return true;
  const written = await lstat(path).catch(() => undefined);
  if (written === undefined) return false;
  const age = Date.now() - written.mtimeMs;
  return age > longestWrite || (pid === process.pid && age > process.uptime() * 1000);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

async function reasonToRefuse(target: string, { mode, nlink }: Stats): Promise<string | undefined> {
  if (!isFile(mode)) return 'is not a regular file and is left alone';
  // Whoever may do anything, such as root, only learns it from the mode.
  const isWritable =
    (Number(mode) & 0o222) !== 0 &&
    (await access(target, constants.W_OK).then(
      () => true,
      () => false,
    ));
  if (!isWritable) return 'is read-only: make it writable first';
  const isLinked = Number(nlink) > 1;
  if (!isLinked) return undefined;
  return 'has another name (a hard link), which would keep the old text: write it in another way';
}

function isFile(mode: Stats['mode']): boolean {
  return (Number(mode) & constants.S_IFMT) === constants.S_IFREG;
}

async function writeTemporary(temporary: string, text: string, before: Stats | undefined): Promise<void> {
  const handle = await open(temporary, 'wx', before === undefined ? 0o666 : 0o600);
  try {
    await handle.writeFile(text);
    if (before !== undefined) {
      const stats = await handle.stat();
      if (stats.uid !== before.uid || stats.gid !== before.gid)
        await handle.chown(Number(before.uid), Number(before.gid));
      await handle.chmod(Number(before.mode) & 0o7777);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether the file is another one than before, or has another text than the one that was read. */
async function isChanged(
  target: string,
  before: Stats | undefined,
  expected: string | undefined,
): Promise<boolean> {
  const now = await stat(target).catch(ignoreMissing);
  if (before === undefined || now === undefined) return before !== now || expected !== undefined;
  if (now.ino !== before.ino || now.dev !== before.dev) return true;
  if (expected === undefined) return now.mtimeMs !== before.mtimeMs || now.size !== before.size;
  return !Buffer.from(expected).equals(await readFile(target));
}

/** So that the new name outlives a crash; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EEXIST', 'already exists'],
  ['ENOENT', 'cannot be written: its folder does not exist'],
  ['ENOTDIR', 'cannot be written: its folder does not exist'],
  ['EISDIR', 'is a folder, but a file is expected here'],
  ['EACCES', 'cannot be written: permission denied'],
  ['EPERM', 'cannot be written: permission denied, or its owner cannot be kept'],
  ['EROFS', 'cannot be written: the file system is read-only'],
  ['ENOSPC', 'cannot be written: the disk is full'],
  ['EDQUOT', 'cannot be written: the disk quota is used up'],
  ['ENAMETOOLONG', 'cannot be written: the name is too long'],
]);

/** What went wrong with writing: a phrase to put after the file's name. */
export function describeWriteFailure(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return reasons.get(code) ?? `cannot be written: ${code === '' ? message : code}`;
}
