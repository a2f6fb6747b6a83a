import type { Severity, StackFinding } from '../findings/finding.ts';
import { printable } from '../text/printable.ts';
import { rangeOf, type CheckReport, type FileFindings } from './types.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/**
 * The findings as workflow commands of GitHub Actions, one per line, which become annotations of the changed files. Empty when
 * there are none. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubText({ files, problems = [] }: CheckReport): string {
  const lines = problems.map(problem => githubProblem(problem));
  for (const file of files) for (const finding of file.findings) lines.push(`${annotation(file, finding)}\n`);
  return lines.join('');
}

/** Where something is wrong in a file. Line and column are 1-based. */
interface ProblemPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What could not be looked at, as the line of an error. */
export function githubProblem(problem: string, place?: ProblemPlace): string {
  const properties = ['title=deploykf-values'];
  if (place !== undefined)
    properties.unshift(`file=${inProperty(place.path)}`, `line=${place.line}`, `col=${place.column}`);
  return `::error ${properties.join(',')}::${inData(problem)}\n`;
}

function annotation({ path, file: { source } }: FileFindings, finding: StackFinding): string {
  const { start, end } = rangeOf(source, finding.span);
  const properties = [`file=${inProperty(path)}`, `line=${start.line + 1}`, `endLine=${end.line + 1}`];
  // GitHub takes columns only of what is on one line.
  if (start.line === end.line)
    properties.push(`col=${start.character + 1}`, `endColumn=${end.character + 1}`);
  properties.push(`title=${inProperty(finding.code)}`);
  return `::${commands[finding.severity]} ${properties.join(',')}::${inData(finding.message)}`;
}

function inData(text: string): string {
  return printable(text).replaceAll('%', '%25');
}

function inProperty(text: string): string {
  return inData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
