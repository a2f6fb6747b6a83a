import { maxFileBytes } from './files.ts';

/** Whether a text takes more bytes, as UTF-8, than a file that is read may have. Its bytes are counted only near the limit. */
export function isTooLarge(text: string): boolean {
  if (text.length > maxFileBytes) return true;
  // No UTF-16 code unit takes more than three bytes.
  return text.length * 3 > maxFileBytes && countBytes(text) > maxFileBytes;
}

/** Half of a pair of surrogates takes half of its four bytes. */
function countBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
