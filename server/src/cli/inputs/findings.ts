import { checkFile, checkWhole, unusedEntryFindings, type OnRuleError } from '../../core/check/check.ts';
import type { StackFinding } from '../../core/findings/finding.ts';
import { isAtLeast, type FileFindings } from '../../core/report/types.ts';
import type { Severity } from '../../core/findings/finding.ts';
import type { Project } from '../../core/workspace/settings.ts';
import { withoutLogins } from '../../core/text/logins.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import { complain, exitCodes, type Io } from '../io/io.ts';
import { Progress } from '../io/progress.ts';
import type { FailOnOption } from '../arguments/options.ts';
import { pathsFrom } from '../io/paths.ts';
import type { Inputs } from './inputs.ts';

/** Says which rule broke; the others go on, and the run counts as incomplete. */
export function ruleErrors(io: Io): { readonly onError: OnRuleError; readonly seen: ReadonlySet<string> } {
  const seen = new Set<string>();
  const onError: OnRuleError = (rule, error) => {
    if (seen.has(rule.code)) return;
    seen.add(rule.code);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    complain(io, `the rule ${rule.code} failed and did not report anything, please report this bug: ${text}`);
  };
  return { onError, seen };
}

/** What could not be looked at, and why, for who reads only the report. `failed`: the rules that broke. */
export function problemsOf({ problems }: Inputs, failed: ReadonlySet<string>): readonly string[] {
  const ofRules = [...failed].map(code => `The rule ${code} failed`);
  return [...problems, ...ofRules].map(problem => withoutLogins(problem));
}

/** The findings of every file of the inputs, the project files first. `folder`: as of `pathsFrom`. */
export function inputFindings(
  io: Io,
  inputs: Inputs,
  onError: OnRuleError,
  { isQuiet, folder }: { readonly isQuiet: boolean; readonly folder?: string },
): readonly FileFindings[] {
  const { snapshot, files, projects } = inputs;
  const pathOf = pathsFrom(io.cwd, folder);
  const progress = new Progress(io.stderr);
  const checked = files.map(({ file }, index) => {
    const found = checkWhole(snapshot, file.uri, onError);
    if (!isQuiet) progress.show(`${index + 1} of ${files.length} files`);
    return { uri: file.uri, file, ...found };
  });
  progress.end();
  const own = projects.map(project => ({
    path: pathOf(project.file.uri),
    file: project.file,
    findings: [
      ...checkFile(snapshot, project.file.uri, onError),
      ...(isComplete(inputs, project) ? unusedEntryFindings(snapshot, project, checked, onError) : []),
    ],
  }));
  return [
    ...own.filter(({ findings }) => findings.length > 0),
    ...checked.map(({ file, findings }) => ({ path: pathOf(file.uri), file, findings })),
  ];
}

/** Whether all files of a project file have been looked at, so that what nothing needs is not needed. */
function isComplete({ isEverything, problems, absent }: Inputs, project: Project): boolean {
  return isEverything(project) && problems.length === 0 && absent.length === 0;
}

/** The findings of every file in another state of the inputs. */
export function findingsIn(
  io: Io,
  { files, projects }: Inputs,
  snapshot: Snapshot,
  findings: readonly StackFinding[],
): readonly FileFindings[] {
  const pathOf = pathsFrom(io.cwd);
  const all: FileFindings[] = [];
  for (const { file } of [...projects, ...files]) {
    const own = findings.filter(({ uri }) => uri === file.uri);
    const isProject = projects.some(project => project.file === file);
    const current = isProject ? file : snapshot.file(file.uri);
    if (current === undefined || (isProject && own.length === 0)) continue;
    all.push({ path: pathOf(file.uri), file: current, findings: own });
  }
  return all;
}

/** The findings of the project files, in another state of the inputs. */
export function projectFindings(
  { projects }: Inputs,
  snapshot: Snapshot,
  onError: OnRuleError,
): readonly StackFinding[] {
  return projects.flatMap(({ file }) => checkFile(snapshot, file.uri, onError));
}

/** The severity from which on a finding counts, as it is shown: of a run that never fails, as usual. */
export function leastSeverity({ failOn }: Pick<FailOnOption, 'failOn'>): Severity {
  if (failOn === undefined || failOn === 'never') return 'warning';
  return failOn;
}

/** What makes a run fail. */
export interface Limits {
  readonly failOn: FailOnOption['failOn'];
  /** So many warnings are fine, and one more is not; `undefined`: `failOn` alone decides. */
  readonly maxWarnings?: number | undefined;
}

/** Whether something counts, or could not be looked at. */
export function exitCode(findings: readonly StackFinding[], limits: Limits, incomplete: boolean): number {
  if (incomplete || isOver(findings, limits)) return exitCodes.findings;
  return exitCodes.clean;
}

function isOver(findings: readonly StackFinding[], limits: Limits): boolean {
  const fails = failing(findings, limits);
  return findings.some(({ severity }) => fails(severity));
}

/** Tells of which severity findings make the run fail that has all of these. */
export function failing(
  findings: readonly StackFinding[],
  { failOn, maxWarnings }: Limits,
): (severity: Severity) => boolean {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const least = leastSeverity({ failOn });
  return severity => {
    if (severity === 'warning' && maxWarnings !== undefined) return warnings > maxWarnings;
    return failOn !== 'never' && isAtLeast(severity, least);
  };
}
