import { fixableCount } from '../../core/fixes/fixAll.ts';
import type { NewFindings } from '../../core/report/baseline.ts';
import { githubText } from '../../core/report/githubText.ts';
import { gitlabJson } from '../../core/report/gitlabJson.ts';
import { checkJson } from '../../core/report/json.ts';
import { junitXml } from '../../core/report/junitXml.ts';
import { leftJson, leftLines } from '../../core/report/leftText.ts';
import { sarifLog } from '../../core/report/sarif.ts';
import { count } from '../../core/report/style.ts';
import { checkText } from '../../core/report/text.ts';
import type { CheckReport } from '../../core/report/types.ts';
import { suppressionUnused } from '../../core/rules/suppressions/suppressionUnused.ts';
import { printableShellWord } from '../../core/text/shellWord.ts';
import { version } from '../../host/version.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { checkOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import {
  exitCode,
  failing,
  inputFindings,
  leastSeverity,
  ruleErrors,
  problemsOf,
  type Limits,
} from '../inputs/findings.ts';
import { isForeignStdin, type Inputs } from '../inputs/inputs.ts';
import { leftIn } from '../inputs/left.ts';
import { readInputs } from '../inputs/readInputs.ts';
import { complain, exitCodes, fail, programName, type Io } from '../io/io.ts';
import { pathsFrom, stdinName } from '../io/paths.ts';
import { acceptedNote, baselineProblem, staleNote, withoutBaseline } from '../output/baseline.ts';
import { checkNotes, skippedNotes } from '../output/checkNotes.ts';
import { reportFolder } from '../output/reportFolder.ts';
import { writeReport, type ReportOutput } from '../output/writeReport.ts';

type CheckOptions = Given<typeof checkOptions>;

export const runCheck: RunCommand<typeof checkOptions> = async (options, io) => {
  const maxWarnings = readCount(options.maxWarnings);
  if (maxWarnings === 'wrong') return fail(io, '--max-warnings needs a number, such as --max-warnings 10');
  const limits = { failOn: options.failOn, maxWarnings };
  const wrong = await baselineProblem(io, options);
  if (wrong !== undefined) return fail(io, wrong);
  const opened = await readInputs(io, options, { takes: 'values' });
  if (opened.kind === 'failed') {
    for (const message of opened.messages) complain(io, message);
    return exitCodes.failed;
  }
  const { inputs } = opened;
  const format = options.format ?? 'text';
  if (isForeignStdin(inputs))
    return fail(io, `${sayStdin(io)} does not hold deployKF values, so nothing was checked`);
  const isNothing = inputs.files.length === 0 && inputs.problems.length === 0;
  if (isNothing && (options.quiet || format !== 'text'))
    for (const note of skippedNotes(inputs)) complain(io, `${note}, so nothing was checked`);
  for (const problem of inputs.problems) complain(io, problem);
  const { onError, seen } = ruleErrors(io);
  const folder = await reportFolder(io, format);
  const files = inputFindings(io, inputs, onError, { isQuiet: options.quiet, folder });
  const problems = problemsOf(inputs, seen);
  const whole: CheckReport = {
    files,
    checked: inputs.files.length,
    ...(problems.length > 0 && { problems }),
  };
  const found = await withoutBaseline(io, options, inputs, {
    report: whole,
    isComplete: problems.length === 0,
  });
  if (found === undefined) return exitCodes.failed;
  const { report } = found;
  if (format !== 'text') for (const note of staleNote(io, found)) complain(io, note);
  const print = reportPrinters[format];
  const isPrinted = await writeReport(io, options.output, inputs, output =>
    print({ io, options, inputs, report, found, limits, folder, output }),
  );
  if (!isPrinted) return exitCodes.failed;
  return exitCode(
    report.files.flatMap(file => file.findings),
    limits,
    problems.length > 0,
  );
};

function readCount(text: string | undefined): number | undefined | 'wrong' {
  if (text === undefined) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : 'wrong';
}

/** All that a report is made of. */
interface Printing {
  readonly io: Io;
  readonly options: CheckOptions;
  readonly inputs: Inputs;
  /** Without what a baseline has. */
  readonly report: CheckReport;
  readonly found: NewFindings;
  readonly limits: Limits;
  /** The working directory, as of `reportFolder`. */
  readonly folder: string;
  readonly output: ReportOutput;
}

/** One printer for each format; each writes once. */
const reportPrinters: Readonly<
  Record<NonNullable<CheckOptions['format']>, (printing: Printing) => void | Promise<void>>
> = {
  text: async printing => printing.output.write(await textOf(printing)),
  json: ({ options, inputs, report, found, output }) =>
    output.writeJson({
      ...checkJson(report, leftJson(...leftIn(inputs, inputs.snapshot))),
      ...(options.baseline !== undefined && { baseline: { accepted: found.accepted, stale: found.stale } }),
    }),
  sarif: ({ io, inputs, report, folder, output }) =>
    output.writeJson(
      sarifLog(report, { snapshot: inputs.snapshot, pathOf: pathsFrom(io.cwd, folder), version }),
    ),
  github: ({ report, output }) => output.writeData(githubText(report)),
  gitlab: ({ report, output }) => output.writeJson(gitlabJson(report)),
  junit: ({ report, limits, output }) => {
    const findings = report.files.flatMap(file => file.findings);
    return output.writeData(junitXml(report, { fails: failing(findings, limits) }));
  },
};

async function textOf({ io, options, inputs, report, found, output }: Printing): Promise<string> {
  const isQuiet = options.quiet;
  const text = checkText(report, {
    style: output.style(options.color ?? 'auto'),
    quietBelow: isQuiet ? leastSeverity(options) : undefined,
    fixes: isQuiet ? [] : fixLines(inputs, report, options),
    left: isQuiet
      ? []
      : [...acceptedNote(found), ...staleNote(io, found), ...leftLines(...leftIn(inputs, inputs.snapshot))],
  });
  if (isQuiet) return text;
  return text + (await checkNotes(io, inputs, report));
}

function sayStdin({ isLibrary }: Io): string {
  return isLibrary === true ? 'the text' : 'standard input';
}

/** What `fix` would fix, and what only where it is asked for. */
function fixLines(
  { snapshot, files }: Inputs,
  report: CheckReport,
  options: CheckOptions,
): readonly string[] {
  const uris = files.map(({ file }) => file.uri);
  const findings = report.files.flatMap(file => file.findings);
  const command = fixCommand(options);
  const lines: string[] = [];
  const fixable = fixableCount(snapshot, uris, findings);
  if (fixable > 0) lines.push(`${fixable} can be fixed with: ${command}`);
  const { code } = suppressionUnused;
  const unused = fixableCount(snapshot, uris, findings, { only: [code] });
  if (unused > 0)
    lines.push(`${count(unused, 'unused comment')} can be removed with: ${command} --only ${code}`);
  return lines;
}

/** The same input, with another command. */
function fixCommand({ operands, values, stack, release, generator, config }: CheckOptions): string {
  const words = [programName, 'fix', ...operands.map(asFile)];
  if (values.length > 0) words.push('--values', ...values.map(asFile));
  for (const [flag, value] of Object.entries({ stack, release, generator, config })) {
    if (value !== undefined) words.push(`--${flag}`, value);
  }
  return words.map(printableShellWord).join(' ');
}

/** A name that cannot be taken for an option. */
function asFile(path: string): string {
  if (path.startsWith('-') && path !== stdinName) return `./${path}`;
  return path;
}
