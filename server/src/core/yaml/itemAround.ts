import { indentOf } from '../text/indent.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';

/**
 * The lines of the innermost item of a block list around a span, with the blank lines after them; the whole text where there is none.
 * Goes by indentation alone, so that what is read from these lines has to be compared with what was read from all.
 */
export function itemAround(source: SourceText, { start, end }: Span): Span {
  const whole = { start: 0, end: source.text.length };
  const first = itemLine(source, source.positionAt(start).line);
  if (first === undefined) return whole;
  const indent = indentOf(source.lineText(first));
  let next = source.positionAt(end).line + 1;
  while (next < source.lineCount && isBelow(source.lineText(next), indent)) next++;
  return {
    start: source.lineStart(first),
    end: next < source.lineCount ? source.lineStart(next) : source.text.length,
  };
}

/** The line of the item that a line belongs to: the nearest one above that is indented less and begins with a dash. */
function itemLine(source: SourceText, line: number): number | undefined {
  let indent = Infinity;
  for (let above = line; above >= 0; above--) {
    const content = source.lineText(above);
    if (content.trim() === '' || indentOf(content) >= indent) continue;
    if (/^ *- /.test(content)) return above;
    if (/^(?:---|\.\.\.)/.test(content)) return undefined;
    indent = indentOf(content);
  }
  return undefined;
}

function isBelow(line: string, indent: number): boolean {
  return line.trim() === '' || indentOf(line) > indent;
}
