import { checkFile } from '../check/check.ts';
import type { StackFinding } from '../findings/finding.ts';
import { agreedFixes } from '../fixes/agreed.ts';
import { changesToFileEdits, writableFixes } from '../fixes/edits.ts';
import { pinChanges } from '../fixes/pinTags.ts';
import { fixedFile, soundEdits } from '../fixes/sound.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { FileEdit } from '../text/edit.ts';
import { placeAt } from '../yaml/lookup.ts';

/**
 * What a command of the editor rewrites: all of a file, the component at an offset,
 * what is missing, every finding, or the tags that are open.
 */
export type RewriteScope = 'file' | 'component' | 'missing' | 'fixAll' | 'pins';

export interface FindingRewrite {
  readonly edits: readonly FileEdit[];
  /** How many findings the edits take away. */
  readonly count: number;
  /** How many tags could be pinned after them. */
  readonly pinnable: number;
}

const codesOf: Readonly<Record<Exclude<RewriteScope, 'pins'>, readonly string[] | undefined>> = {
  file: ['image-public', 'image-not-overridden'],
  component: ['image-public', 'image-not-overridden'],
  missing: ['image-not-overridden'],
  fixAll: undefined,
};

/**
 * The edits of all right fixes in a scope. `undefined`: the offset, in UTF-16 code units, is in no component.
 */
export function rewriteFindings(
  snapshot: Snapshot,
  uri: string,
  { scope, offset }: { readonly scope: RewriteScope; readonly offset: number },
): FindingRewrite | undefined {
  if (scope === 'pins') return pinTags(snapshot, uri);
  const component = scope === 'component' ? componentAt(snapshot, uri, offset) : '';
  if (component === undefined) return undefined;
  const codes = codesOf[scope];
  // A rule that throws is named by the check of the file.
  const options = scope === 'fixAll' ? {} : { isTakenWhole: () => true };
  const fixes = checkFile(snapshot, uri, () => undefined, options)
    .filter(({ code }) => codes === undefined || codes.includes(code))
    .filter(finding => component === '' || isWithin(finding, component))
    .flatMap(finding => finding.fixes.find(fix => fix.applies === 'all') ?? []);
  const agreed = agreedFixes(
    snapshot,
    fixes.map(fix => fix.changes()),
  );
  const made = writableFixes(
    snapshot,
    agreed.filter(changes => changes.length > 0),
  );
  const edits = soundEdits(snapshot, changesToFileEdits(snapshot, made.flat()));
  const pinnable = pinChanges(withEdits(snapshot, edits), uri).length;
  return { count: edits.length === 0 ? 0 : made.length, edits, pinnable };
}

function pinTags(snapshot: Snapshot, uri: string): FindingRewrite {
  const made = writableFixes(
    snapshot,
    pinChanges(snapshot, uri).map(change => [change]),
  );
  const edits = soundEdits(snapshot, changesToFileEdits(snapshot, made.flat()));
  return { count: edits.length === 0 ? 0 : made.length, edits, pinnable: 0 };
}

function withEdits(snapshot: Snapshot, edits: readonly FileEdit[]): Snapshot {
  let next = snapshot;
  for (const edit of edits) {
    const fixed = fixedFile(next, edit);
    if (fixed !== undefined) next = next.withFile(edit.uri, fixed);
  }
  return next;
}

function componentAt(snapshot: Snapshot, uri: string, offset: number): string | undefined {
  const at = snapshot.textAt(uri, offset);
  const place = at && placeAt(at.file.root, at.offset);
  if (at === undefined || place === undefined) return undefined;
  return snapshot.viewsOf(at.file.uri).flatMap(view => view.catalog.componentOf(place.path)?.path ?? [])[0];
}

function isWithin({ path }: StackFinding, component: string): boolean {
  return path === component || (path?.startsWith(`${component}.`) ?? false);
}
