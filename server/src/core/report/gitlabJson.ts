import type { Severity } from '../findings/finding.ts';
import { longDigest } from '../text/digest.ts';
import { printable } from '../text/printable.ts';
import { numberedFingerprints } from './fingerprint.ts';
import { rangeOf, type CheckReport, type FileFindings } from './types.ts';

/** One entry of a Code Quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/ */
export interface GitlabFinding {
  readonly description: string;
  readonly check_name: string;
  /** Unique in the report. */
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  /** Lines are 1-based. */
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

const levels: Readonly<Record<Severity, GitlabFinding['severity']>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

/** The findings as GitLab shows them in merge requests; an empty list when there are none. */
export function gitlabJson({ files, problems = [] }: CheckReport): readonly GitlabFinding[] {
  return [...problems.map(unread), ...files.flatMap(gitlabFindings)];
}

/** What could not be looked at, which has no place in a file. */
function unread(problem: string): GitlabFinding {
  return {
    description: printable(problem),
    check_name: 'not-checked',
    fingerprint: longDigest(`\0${problem}`),
    severity: 'blocker',
    location: { path: '.', lines: { begin: 1, end: 1 } },
  };
}

function gitlabFindings({ path, file, findings }: FileFindings): readonly GitlabFinding[] {
  const fingerprints = numberedFingerprints(file, findings);
  return findings.map(({ code, severity, message, span }, index) => {
    const { start, end } = rangeOf(file.source, span);
    return {
      description: printable(message),
      check_name: code,
      fingerprint: longDigest(`${path}\0${fingerprints[index] ?? ''}`),
      severity: levels[severity],
      location: { path: printable(path), lines: { begin: start.line + 1, end: end.line + 1 } },
    };
  });
}
