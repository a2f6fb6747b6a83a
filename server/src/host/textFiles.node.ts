import { readFile, stat } from 'node:fs/promises';
import { ownValue } from '../core/text/ownValue.ts';
import { maxFileBytes } from './files.ts';

/** A text as an editor has it, and whether the file begins with a byte order mark. */
export interface TextFile {
  readonly kind: 'text';
  readonly text: string;
  readonly bom: boolean;
}

/** Why there is no text, and what to do: a phrase to put behind the file's name. */
export interface NoText {
  readonly kind: 'missing' | 'none';
  readonly problem: string;
}

const folderProblem = 'is a folder, a file is expected here';

/** Reads a file that is to be written again: nothing but UTF-8, so that every byte is kept. Never rejects. */
export async function readTextFile(path: string): Promise<TextFile | NoText> {
  const found = await stat(path).catch(failure);
  if ('kind' in found) return found;
  if (found.isDirectory()) return { kind: 'none', problem: folderProblem };
  if (found.size > maxFileBytes) return tooLarge;
  const bytes = await readFile(path).catch(failure);
  return 'kind' in bytes ? bytes : decodeText(bytes);
}

/** The text of bytes that come from a file or from standard input. */
export function decodeText(bytes: Uint8Array): TextFile | NoText {
  if (bytes.length > maxFileBytes) return tooLarge;
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'text', text, bom };
  } catch {
    return { kind: 'none', problem: 'is not UTF-8 text: save it as UTF-8' };
  }
}

/** The bytes of a file, as they were before `decodeText`. */
export function encodeText(text: string, bom: boolean): string {
  return bom ? `\uFEFF${text}` : text;
}

export async function pathKind(path: string): Promise<'file' | 'folder' | 'missing'> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  return found.isDirectory() ? 'folder' : 'file';
}

const tooLarge: NoText = {
  kind: 'none',
  problem: `is larger than ${maxFileBytes / 1024 / 1024} MB and not read: values files are small`,
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  EISDIR: folderProblem,
  ENAMETOOLONG: 'cannot be read: the name is too long',
};

function failure(error: unknown): NoText {
  const code = codeOf(error);
  const kind = code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'none';
  return { kind, problem: describeFailure(error) };
}

/** What went wrong with a file: a phrase to put behind its name. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return ownValue(reasons, codeOf(error)) ?? `cannot be read: ${message}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
