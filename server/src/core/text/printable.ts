/**
 * What terminals and editors obey instead of showing it: control characters (C0, DEL, C1), line and paragraph
 * separators, marks that turn the direction of text round, marks without a width, invisible tags,
 * halves of surrogate pairs.
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text in which every character can be seen: `\x1b`, `\u202e`. For one line:
 * line breaks and tabs are shown, too.
 */
export function printable(text: string): string {
  return text.replace(unprintable, escapeOf);
}

/** The same for a text of several lines, whose line ends and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(unprintable, (character, offset: number) => {
    const isLineEnd = character === '\n' || (character === '\r' && text[offset + 1] === '\n');
    if (isLineEnd || character === '\t') return character;
    return escapeOf(character);
  });
}

/**
 * JSON that says the same and shows every character, too: `JSON.stringify` leaves many of them as they are.
 */
export function printableJson(json: string): string {
  return json.replace(unprintable, character => {
    if (character === '\n') return character;
    return character.replace(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  });
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length > 4) return `\\u{${code}}`;
  if (code.length > 2) return `\\u${code.padStart(4, '0')}`;
  return `\\x${code.padStart(2, '0')}`;
}
