/** The UTF-8 bytes of a text in base64. */
export function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''));
}

/**
 * Decodes as Go's `base64.StdEncoding` does (`padded`) or `RawStdEncoding` (`bare`): line ends are skipped,
 * every other foreign character is an error. One character for each byte, which is enough for JSON, whose own
 * signs are ASCII. `undefined`: it is not base64.
 */
export function decodeBase64(text: string, padding: 'padded' | 'bare'): string | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  const digits = padding === 'padded' ? packed.replace(/={1,2}$/, '') : packed;
  if (padding === 'padded' && packed.length % 4 !== 0) return undefined;
  if (digits.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(digits)) return undefined;
  return atob(digits);
}
