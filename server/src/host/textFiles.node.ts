import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describeFailure } from './fileErrors.ts';
import { fileProblems, maxFileBytes, type Unread } from './files.ts';

/** A text as an editor has it, and whether the file begins with a byte order mark. */
export interface TextFile {
  readonly kind: 'text';
  readonly text: string;
  readonly bom: boolean;
}

/** The text of bytes that come from a file or from standard input. */
export function decodeText(bytes: Uint8Array): TextFile | Unread {
  if (bytes.length > maxFileBytes) return { kind: 'tooLarge' };
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'text', text, bom };
  } catch {
    return { kind: 'unreadable', problem: fileProblems.encoding };
  }
}

/** The bytes of a file, as they were before `decodeText`. */
export function encodeText(text: string, bom: boolean): string {
  return bom ? `\uFEFF${text}` : text;
}

/**
 * Replaces a file in one step: others see the old text or the new one. Its mode stays, and a symbolic link stays a link.
 * The answer is a phrase to put behind its name, `undefined` when it is done.
 */
export async function replaceFile(path: string, text: string): Promise<string | undefined> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  const done = await writeBeside(target, temporary, text).catch(failure);
  if (done === undefined) return undefined;
  await rm(temporary, { force: true }).catch(() => undefined);
  return done.problem.replace('cannot be read', 'cannot be written');
}

async function writeBeside(target: string, temporary: string, text: string): Promise<undefined> {
  const before = await stat(target).catch(() => undefined);
  await writeFile(temporary, text, { flag: 'wx' });
  if (before !== undefined) await chmod(temporary, before.mode & 0o7777);
  await rename(temporary, target);
}

export async function pathKind(path: string): Promise<'file' | 'folder' | 'missing'> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  return found.isDirectory() ? 'folder' : 'file';
}

function failure(error: unknown): { readonly problem: string } {
  return { problem: describeFailure(error) };
}
