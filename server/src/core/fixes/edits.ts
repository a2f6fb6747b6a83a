import { changesToEdits, uriOf } from './changes.ts';
import type { Change } from '../findings/finding.ts';
import { isSealed } from '../stack/sealed.ts';
import { staysJson } from './staysJson.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { EditSet, type FileEdit, type TextEdit } from '../text/edit.ts';

/**
 * The text edits of the real files that make all changes at once. Edits of values that are as a string in
 * another file become edits of that file; where the string cannot hold all of them together, they are left
 * out.
 */
export function changesToFileEdits(snapshot: Snapshot, changes: readonly Change[]): readonly FileEdit[] {
  const byFile = new Map<string, EditSet>();
  const created: FileEdit[] = [];
  for (const edit of changesToEdits(changes)) {
    if (edit.isNew === true) {
      created.push(edit);
      continue;
    }
    const at = snapshot.file(edit.uri)?.host?.file.uri ?? edit.uri;
    const edits = toHostEdits(snapshot, edit) ?? [];
    const set = byFile.get(at) ?? new EditSet();
    if (set.add(edits) && edits.length > 0) byFile.set(at, set);
  }
  return [...created, ...[...byFile].map(([uri, { edits }]) => ({ uri, edits }))];
}

/** The edits of many fixes at once. A fix that a string cannot hold is left out alone, with all of its changes. */
export function fixesToFileEdits(snapshot: Snapshot, fixes: readonly FixChanges[]): readonly FileEdit[] {
  return changesToFileEdits(snapshot, writableFixes(snapshot, fixes).flat());
}

/** The changes of one fix, which belong together. */
export type FixChanges = readonly Change[];

/** The fixes that can be made at once, without those that the string they change cannot hold. */
export function writableFixes(snapshot: Snapshot, fixes: readonly FixChanges[]): readonly FixChanges[] {
  const refused = changesToEdits(fixes.flat()).filter(edit => toHostEdits(snapshot, edit) === undefined);
  const leftOut = new Set(refused.flatMap(({ uri }) => unwritableFixes(snapshot, uri, fixes)));
  return fixes.filter(changes => !leftOut.has(changes));
}

/** Halves what is refused until single fixes are left: each try costs reading the whole file. */
function unwritableFixes(
  snapshot: Snapshot,
  uri: string,
  fixes: readonly FixChanges[],
): readonly FixChanges[] {
  const kept: FixChanges[] = [];
  const leftOut: FixChanges[] = [];
  const add = (part: readonly FixChanges[]): void => {
    const edit = changesToEdits([...kept, ...part].flat()).find(candidate => candidate.uri === uri);
    const [half, isOne] = [Math.ceil(part.length / 2), part.length === 1];
    if (edit === undefined || toHostEdits(snapshot, edit) !== undefined) kept.push(...part);
    else if (isOne) leftOut.push(...part);
    else for (const smaller of [part.slice(0, half), part.slice(half)]) add(smaller);
  };
  add(fixes.filter(changes => changes.some(change => uriOf(change) === uri)));
  return leftOut;
}

/**
 * As edits of the real file; `undefined` where that is sealed or would not be JSON any more, or the string that they are of cannot hold
 * them.
 */
function toHostEdits(snapshot: Snapshot, { uri, edits }: FileEdit): readonly TextEdit[] | undefined {
  const file = snapshot.file(uri);
  if (file !== undefined && edits.length > 0 && isSealed(file)) return undefined;
  const host = file?.host;
  if (host === undefined) return file === undefined || staysJson(file, edits) ? edits : undefined;
  if (host.isShared && edits.length > 0) return undefined;
  const outer = host.embedding.toHostEdits(edits);
  return outer !== undefined && staysJson(host.file, outer) ? outer : undefined;
}
