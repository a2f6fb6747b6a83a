import type { SourceText } from '../text/sourceText.ts';
import { spansTouching, type Span } from '../text/span.ts';

/** Lines counted from 0. */
export interface CommentFold {
  readonly kind: 'comment' | 'region';
  readonly startLine: number;
  readonly endLine: number;
}

const marker = /^\uFEFF?[ \t]*#[ \t]*(region|endregion)\b/;

/** The comments of several lines, and what is between `# region` and `# endregion`. `texts`: in them nothing is a comment. */
export function commentFolds(source: SourceText, texts: readonly Span[]): readonly CommentFold[] {
  const folds: CommentFold[] = [];
  const regions: number[] = [];
  let first: number | undefined;
  for (let line = 0; line <= source.lineCount; line++) {
    const text = isComment(source, line, texts) ? source.lineText(line) : undefined;
    const [, word] = marker.exec(text ?? '') ?? [];
    if (text !== undefined && word === undefined) {
      first ??= line;
      continue;
    }
    if (first !== undefined && line - first > 1)
      folds.push({ kind: 'comment', startLine: first, endLine: line - 1 });
    first = undefined;
    if (word === 'region') regions.push(line);
    const startLine = word === 'endregion' ? regions.pop() : undefined;
    if (startLine !== undefined) folds.push({ kind: 'region', startLine, endLine: line });
  }
  return folds;
}

function isComment(source: SourceText, line: number, texts: readonly Span[]): boolean {
  if (line >= source.lineCount || !/^\uFEFF?[ \t]*#/.test(source.lineText(line))) return false;
  const span = { start: source.lineStart(line), end: source.lineEnd(line) };
  return spansTouching(texts, span).length === 0;
}
