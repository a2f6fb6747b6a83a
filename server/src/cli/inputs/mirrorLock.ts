import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  lockFile,
  parseLock,
  printLock,
  withLocked,
  type LockedImage,
  type MirrorLock,
} from '../../core/mirror/lock.ts';
import { describeUnread } from '../../host/files.ts';
import { readTextFile } from '../../host/readFile.node.ts';
import { replaceFile } from '../../host/replaceFile.node.ts';
import type { Io } from '../io/io.ts';
import { displayPath } from '../io/paths.ts';
import type { OpenedView } from './openView.ts';

/** The lock of a mirror, with where it is. */
export interface LockFile {
  readonly path: string;
  /** As it is said in messages. */
  readonly label: string;
  /** `undefined`: there is none yet. */
  readonly lock: MirrorLock | undefined;
  readonly text: string | undefined;
}

/** The `mirror.lock` beside the project file, else in the working directory; a text: why it cannot be read. */
export async function readLock(
  { cwd }: Io,
  { inputs }: Pick<OpenedView, 'inputs'>,
): Promise<LockFile | string> {
  const [project] = inputs.projects;
  const folder = project === undefined ? cwd : dirname(fileURLToPath(project.file.uri));
  const path = join(folder, lockFile);
  const label = displayPath(cwd, path);
  const file = await readTextFile(path, [folder]);
  if (file.kind === 'missing') return { path, label, lock: undefined, text: undefined };
  if (file.kind !== 'text') return `${label} ${describeUnread(file)}`;
  const read = parseLock(file.text);
  if (read.kind === 'broken')
    return `${label} cannot be used, ${read.reason}: remove it, then write a new one with verify --lock`;
  return { path, label, lock: read.lock, text: file.text };
}

/** Writes what was found into the lock; the answer is a phrase to put after its name, `undefined` when it is done. */
export function writeLock(
  { path, lock, text }: LockFile,
  images: ReadonlyMap<string, LockedImage>,
): Promise<string | undefined> {
  return replaceFile(path, { text: printLock(withLocked(lock, images)), expected: text });
}
