import type { StackFinding } from '../findings/finding.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { entriesFor } from '../suppressions/entries.ts';
import { fileComments } from './fileComments.ts';
import { isExpired, type Suppression, type SuppressionEntry } from '../suppressions/types.ts';

/** A finding that is not reported, and why. */
export interface SuppressedFinding {
  readonly finding: StackFinding;
  readonly by: readonly Suppression[];
}

/** Findings parted into those that are reported and those that are not. */
export interface Parted {
  readonly reported: readonly StackFinding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** Parts findings of a file by its comments and by the entries of the project file that hold on a day. */
export function partSuppressed(
  file: ValuesFile,
  findings: readonly StackFinding[],
  entries: readonly SuppressionEntry[],
  today: string | undefined,
): Parted {
  const comments = fileComments(file);
  const valid = entries.filter(entry => !isExpired(entry, today));
  if (comments.length + valid.length === 0) return { reported: findings, suppressed: [] };
  const reported: StackFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const { line } = file.source.positionAt(finding.span.start);
    const above = comments.filter(
      ({ scope, codes, lines, reason }) =>
        scope !== undefined &&
        reason !== '' &&
        lines.first <= line &&
        line <= lines.last &&
        codes.some(({ code }) => code === finding.code),
    );
    const by = [...above, ...entriesFor(finding, valid)];
    if (by.length === 0) reported.push(finding);
    else suppressed.push({ finding, by });
  }
  return { reported, suppressed };
}
