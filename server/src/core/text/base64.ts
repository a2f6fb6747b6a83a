/** The UTF-8 bytes of a text in base64. */
export function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''));
}

/** The bytes of base64, with or without padding, a character for each; `undefined`: it is none. */
export function fromBase64(text: string): string | undefined {
  const isLegal = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text);
  return isLegal ? atob(text) : undefined;
}
