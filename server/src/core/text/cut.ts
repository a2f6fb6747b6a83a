/** A text without the given character at its end, however often it is there. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}

/** A text up to the first of the given characters, or the whole of it. */
export function upTo(text: string, characters: string): string {
  for (let at = 0; at < text.length; at++) if (characters.includes(text[at] ?? '')) return text.slice(0, at);
  return text;
}
