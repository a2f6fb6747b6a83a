import { diffLines, FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff';
import type { TextEdit } from '../core/text/edit.ts';

/** A unified diff that `patch -p1` and `git apply` take; line ends stay as they are. */
export function unifiedDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** Small edits that make one text of another: the changed lines, without what they have in common. */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== added) edits.push(trimmedEdit(at - removed.length, removed, added));
    removed = '';
    added = '';
  };
  for (const change of diffLines(before, after)) {
    if (!change.added && !change.removed) flush();
    if (change.removed) removed += change.value;
    if (change.added) added += change.value;
    if (!change.added) at += change.value.length;
  }
  flush();
  return edits;
}

function trimmedEdit(start: number, removed: string, added: string): TextEdit {
  let head = 0;
  while (head < Math.min(removed.length, added.length) && removed[head] === added[head]) head++;
  let tail = 0;
  const most = Math.min(removed.length, added.length) - head;
  while (tail < most && removed[removed.length - 1 - tail] === added[added.length - 1 - tail]) tail++;
  return {
    span: { start: start + head, end: start + removed.length - tail },
    newText: added.slice(head, added.length - tail),
  };
}
