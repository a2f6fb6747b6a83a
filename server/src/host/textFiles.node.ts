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
  if (bytes.length > maxFileBytes) return { kind: 'tooLarge', ...headOf(bytes) };
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'text', text, bom };
  } catch {
    return { kind: 'unreadable', problem: fileProblems.encoding, ...headOf(bytes) };
  }
}

/** In bytes: so much tells whose file it is. */
export const headBytes = 64 * 1024;

/** How a text that is not to be read begins, in whatever encoding; empty where it is not about deployKF. */
export function headOf(bytes: Uint8Array): { readonly head?: string } {
  const head = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, headBytes));
  return /deploykf|kubeflow_/.test(head) ? { head } : {};
}

/** Of UTF-16, every other byte of a text in Latin script is null. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (second === 0) return 'utf-16le';
  return first === 0 ? 'utf-16be' : 'utf-8';
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
