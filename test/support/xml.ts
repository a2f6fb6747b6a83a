/** What keeps a text from being XML, of the small part of XML that reports need; `undefined`: nothing. */
export function parseXml(text: string): string | undefined {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    return 'a character that XML does not have';
  const open: string[] = [];
  const part =
    /<\?xml[^<>]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*")*)(\/?)>|([^<]+)/y;
  while (part.lastIndex < text.length) {
    const from = part.lastIndex;
    const match = part.exec(text);
    if (match === null) return text.slice(from, from + 80);
    const [, closing, tag, , empty, content] = match;
    if (content !== undefined && /&(?!(?:amp|lt|gt|quot|apos);)|\]\]>/.test(content)) return content;
    if (tag === undefined) continue;
    if (closing === '/' && open.pop() !== tag) return `</${tag}>`;
    if (closing === '' && empty === '') open.push(tag);
  }
  return open.at(-1);
}
