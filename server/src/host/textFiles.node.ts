import { stat } from 'node:fs/promises';
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
  if (bom) return `\uFEFF${text}`;
  return text;
}

export async function pathKind(path: string): Promise<'file' | 'folder' | 'special' | 'missing'> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return 'missing';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'special';
}
