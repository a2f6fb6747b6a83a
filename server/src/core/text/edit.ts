import type { Span } from './span.ts';

/** Replaces the text of `span` by `newText`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The text edits of one file, in the order of their spans, none overlapping another. */
export interface FileEdit {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/**
 * The text after all edits, or `undefined` when two of them overlap or one is outside the text.
 * Two insertions at the same offset are kept in the order given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = sortEdits(edits);
  if (sorted === undefined) return undefined;
  let result = '';
  let from = 0;
  for (const { span, newText } of sorted) {
    if (span.end > text.length) return undefined;
    result += text.slice(from, span.start) + newText;
    from = span.end;
  }
  return result + text.slice(from);
}

/** The edits by their place, equal ones once, or `undefined` when two of them overlap. */
export function sortEdits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const result: TextEdit[] = [];
  for (const edit of sorted) {
    const last = result.at(-1);
    if (last !== undefined && isSameEdit(last, edit)) continue;
    if (
      edit.span.start < 0 ||
      edit.span.end < edit.span.start ||
      (last !== undefined && edit.span.start < last.span.end)
    )
      return undefined;
    result.push(edit);
  }
  return result;
}

function isSameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}
