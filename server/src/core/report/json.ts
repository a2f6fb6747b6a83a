import type { Severity } from '../findings/finding.ts';
import type { LeftJson } from './leftText.ts';
import { rangeOf, type CheckReport, type FileFindings, type Range } from './types.ts';

/** The version of all JSON that the command line prints. Keys are stable, new ones may be added. */
export const schema = 1;

export interface FindingJson {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** The names of the stacks that it holds for; empty for a file of its own. */
  readonly stacks: readonly string[];
  /** The titles of the fixes. */
  readonly fixes: readonly string[];
  /** The value path that it is about; null for findings about the text. */
  readonly path: string | null;
}

export interface CheckJson {
  readonly schema: typeof schema;
  readonly findings: readonly FindingJson[];
  readonly files: number;
  /** By stack, what does not come from the private registry; absent when there is nothing. */
  readonly left?: readonly LeftJson[];
  /** What could not be looked at, and why; absent when all was. */
  readonly problems?: readonly string[];
}

/** The findings of a check, exactly as `check --format json` prints them. */
export function checkJson(
  { files, checked, problems = [] }: CheckReport,
  left: readonly LeftJson[] = [],
): CheckJson {
  const findings = files.flatMap(findingsJson);
  return {
    schema,
    findings,
    files: checked,
    ...(left.length > 0 && { left }),
    ...(problems.length > 0 && { problems }),
  };
}

function findingsJson({ path: file, file: { source }, findings }: FileFindings): readonly FindingJson[] {
  return findings.map(({ code, severity, message, span, stacks, fixes, path }) => ({
    code,
    severity,
    message,
    file,
    range: rangeOf(source, span),
    stacks,
    fixes: fixes.map(fix => fix.title),
    path: path ?? null,
  }));
}
