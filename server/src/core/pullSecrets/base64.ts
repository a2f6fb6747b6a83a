const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Decodes as Go's `base64.StdEncoding` does (`padded`) or `RawStdEncoding` (`bare`): line ends are skipped, every other
 * foreign character is an error. One character for each byte, which is enough for JSON, whose own signs are ASCII.
 * `undefined`: it is no base64.
 */
export function decodeBase64(text: string, padding: 'padded' | 'bare'): string | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  const digits = padding === 'padded' ? packed.replace(/={1,2}$/, '') : packed;
  if (padding === 'padded' && packed.length % 4 !== 0) return undefined;
  if (digits.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(digits)) return undefined;
  const bytes: string[] = [];
  for (let at = 0; at < digits.length; at += 4) bytes.push(decodeGroup(digits.slice(at, at + 4)));
  return bytes.join('');
}

function decodeGroup(group: string): string {
  const bits = Array.from(group).reduce((sum, digit, index) => sum | (alphabet.indexOf(digit) << (18 - 6 * index)), 0);
  return String.fromCharCode((bits >> 16) & 255, (bits >> 8) & 255, bits & 255).slice(0, group.length - 1);
}
