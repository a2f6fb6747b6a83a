import { editsOf } from './rules/changes.ts';
import type { Change } from './rules/types.ts';
import type { Snapshot } from './snapshot.ts';
import { sortEdits, type FileEdit, type TextEdit } from './text/edit.ts';

/**
 * The text edits of the real files that make all changes at once. Edits of values that stand as a string in another file
 * become edits of that file; where the string cannot hold them, they are left out.
 */
export function editsFor(snapshot: Snapshot, changes: readonly Change[]): readonly FileEdit[] {
  const byFile = new Map<string, readonly TextEdit[]>();
  for (const { uri, edits } of editsOf(changes)) {
    const host = snapshot.file(uri)?.host;
    const outer = host === undefined ? edits : (host.embedding.editsToOuter(edits) ?? []);
    const at = host?.file.uri ?? uri;
    const merged = sortEdits([...(byFile.get(at) ?? []), ...outer]);
    if (merged !== undefined && merged.length > 0) byFile.set(at, merged);
  }
  return [...byFile].map(([uri, edits]) => ({ uri, edits }));
}
