import type { SourceText } from '../text/sourceText.ts';

/**
 * The end of the last comment of those right after a line that are indented by more than so many columns, the line's end where
 * there is none: such a comment belongs to what is above, often a key that is commented out. `end`: an offset in the line.
 */
export function endOfDeeperComments(source: SourceText, end: number, indent: number): number {
  const { line: own } = source.positionAt(end);
  let last = source.lineEnd(own);
  for (let line = own + 1; line < source.lineCount; line++) {
    const text = source.lineText(line);
    const column = text.search(/\S/);
    if (column >= 0 && (text[column] !== '#' || column <= indent)) break;
    if (column >= 0) last = source.lineEnd(line);
  }
  return last;
}
