import type { StackFinding } from '../findings/finding.ts';
import type { Severity } from '../findings/finding.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Position, SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';

/** The path that people know a file by: relative to the working directory. */
export type PathOf = (uri: string) => string;

/** What was found in one file. */
export interface FileFindings {
  readonly path: string;
  readonly file: ValuesFile;
  /** In the order of the text. */
  readonly findings: readonly StackFinding[];
}

/** The outcome of a check. */
export interface CheckReport {
  readonly files: readonly FileFindings[];
  /** How many files were looked at. */
  readonly checked: number;
  /** What could not be looked at, and why; absent: all was. */
  readonly problems?: readonly string[];
}

/** A range as LSP has it: 0-based lines and UTF-16 characters, half-open. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export function rangeOf(source: SourceText, { start, end }: Span): Range {
  return { start: source.positionAt(start), end: source.positionAt(end) };
}

export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Whether a severity is at least as grave as another one. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}
