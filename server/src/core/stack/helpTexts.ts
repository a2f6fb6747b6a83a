import type { Span } from '../text/span.ts';

/**
 * The texts that a script prints, such as its help: `cat <<EOF … EOF`. What goes on to a file or another program may be run. Takes
 * time in proportion to the text.
 */
export function helpTexts(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(opening)) {
    const [whole, name = ''] = match;
    const start = match.index + whole.length;
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const end = endOfText(text, start, name);
    if (end !== undefined) found.push({ start, end });
  }
  return found;
}

const opening =
  /^[^\n#]{0,80}\bcat[ \t]{1,10}(?:[12]?>&[12][ \t]{1,10})?<<-?[ \t]{0,10}["']?(\w{1,80})["']?[ \t]*(?:[12]?>&[12][ \t]*)?\r?\n/gm;

function endOfText(text: string, start: number, name: string): number | undefined {
  for (let at = text.indexOf(name, start); at >= 0; at = text.indexOf(name, at + name.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const isAlone =
      text.slice(lineStart, at).trim() === '' &&
      /^\s*(?:\n|$)/.test(text.slice(at + name.length, at + name.length + 80));
    if (isAlone) return at;
  }
  return undefined;
}
