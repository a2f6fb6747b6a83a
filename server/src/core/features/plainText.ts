/** A part of a Markdown, and where it ends. */
interface Part {
  readonly text: string;
  readonly end: number;
}

/**
 * A Markdown of ours as text without marks, for editors that show none: of what `markdown.ts` makes, so bold text, inline code,
 * escaped characters, links, and lines that stay lines.
 */
export function plainText(markdown: string): string {
  let text = '';
  let at = 0;
  while (at < markdown.length) {
    const part = codeAt(markdown, at) ?? linkAt(markdown, at) ?? markAt(markdown, at);
    text += part.text;
    at = part.end;
  }
  return text.replaceAll('\u00a0', ' ');
}

/** `undefined`: no code begins here. */
function codeAt(markdown: string, start: number): Part | undefined {
  const inside = runEnd(markdown, start);
  if (inside === start) return undefined;
  const fence = markdown.slice(start, inside);
  for (let at = markdown.indexOf('`', inside); at >= 0; at = markdown.indexOf('`', runEnd(markdown, at))) {
    const end = runEnd(markdown, at);
    if (end - at === fence.length) return { text: withoutPad(markdown.slice(inside, at)), end };
  }
  return { text: fence, end: inside };
}

/** Where the back-ticks at an offset end; the offset itself where there are none. */
function runEnd(text: string, start: number): number {
  let end = start;
  while (text[end] === '`') end++;
  return end;
}

/** Code that is empty, or that begins or ends with a back-tick, has blanks around it. */
function withoutPad(code: string): string {
  const bare = code.slice(1, -1);
  const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.length > 1;
  return isPadded && (bare.trim() === '' || bare.startsWith('`') || bare.endsWith('`')) ? bare.trim() : code;
}

/** `undefined`: no link begins here. */
function linkAt(markdown: string, start: number): Part | undefined {
  if (markdown[start] !== '[') return undefined;
  const label = /\[((?:\\.|[^\]\\])*)\]\([^)]*\)/y;
  label.lastIndex = start;
  const found = label.exec(markdown);
  return found === null ? undefined : { text: plainText(found[1] ?? ''), end: label.lastIndex };
}

/** The text of one mark or character. */
function markAt(markdown: string, start: number): Part {
  const next = markdown[start + 1];
  if (markdown[start] === '\\' && next !== undefined && /[!-/:-@[-`{-~]/.test(next))
    return { text: next, end: start + 2 };
  if (markdown.startsWith('**', start)) return { text: '', end: start + 2 };
  if (markdown.startsWith('  \n', start)) return { text: '\n', end: start + 3 };
  return { text: markdown[start] ?? '', end: start + 1 };
}
