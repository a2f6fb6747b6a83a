import type { Range } from 'vscode-languageserver';
import { isChange } from './textSync.ts';

/** Lines of a text, counted from 0, both ends included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/**
 * The lines that changes touch, together with those that were touched before, as they are after the changes. `undefined`: they
 * are not edits of a person, but another text.
 */
export function changedLines(changes: unknown, before: Lines | undefined): Lines | undefined {
  if (!Array.isArray(changes)) return undefined;
  let lines = before;
  for (const change of changes as readonly unknown[]) {
    if (!isChange(change) || !change.range) return undefined;
    lines = joined(lines, change.range, change.text);
  }
  return lines;
}

function joined(lines: Lines | undefined, { start, end }: Range, text: string): Lines {
  const own = { first: start.line, last: start.line + text.split('\n').length - 1 };
  if (lines === undefined) return own;
  const added = own.last - end.line;
  const moved = {
    first: lines.first > end.line ? lines.first + added : lines.first,
    last: lines.last >= end.line ? lines.last + added : lines.last,
  };
  return { first: Math.min(moved.first, own.first), last: Math.max(moved.last, own.last) };
}
