import type { ValuesFile } from '../core/stack/valuesFile.ts';
import type { FileEdit } from '../core/text/edit.ts';
import type { Folder } from '../core/workspace/state.ts';
import { projectUri } from '../loader/folders.ts';
import type { Changes } from './applyEdits.ts';

/** The changes with another text of the folder's project file, which is made where there is none. */
export function projectChanges({ uri, project }: Folder, text: string, changes: Changes): Changes {
  if (project === undefined) return { ...changes, created: { uri: projectUri(uri), text } };
  return { ...changes, edits: [...changes.edits, replacement(project.file, text)] };
}

/** Only what differs, so that cursors and folds outside of it stay. */
function replacement({ uri, text }: ValuesFile, next: string): FileEdit {
  let start = 0;
  while (start < text.length && text[start] === next[start]) start++;
  let kept = 0;
  const most = Math.min(text.length, next.length) - start;
  while (kept < most && text.at(-1 - kept) === next.at(-1 - kept)) kept++;
  const newText = next.slice(start, next.length - kept);
  return { uri, edits: [{ span: { start, end: text.length - kept }, newText }] };
}
