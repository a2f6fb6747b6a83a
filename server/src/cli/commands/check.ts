import { writableFixes } from '../../core/fixes/edits.ts';
import type { RunCommand } from '../arguments/command.ts';
import { checkJson } from '../../core/report/json.ts';
import { checkText } from '../../core/report/text.ts';
import type { CheckReport } from '../../core/report/types.ts';
import { leftJson, leftLines } from '../../core/report/leftText.ts';
import { printableShellWord } from '../../core/text/shellWord.ts';
import { exitCode, leastSeverity, ruleErrors, inputFindings } from '../inputs/findings.ts';
import { complain, exitCodes, programName, type Io } from '../io/io.ts';
import { checkNotes } from '../output/checkNotes.ts';
import { chosenStyle } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import type { checkOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { stdinName } from '../io/paths.ts';
import { leftIn } from '../inputs/left.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readInputs } from '../inputs/readInputs.ts';

type CheckOptions = Given<typeof checkOptions>;

export const runCheck: RunCommand<typeof checkOptions> = async (options, io) => {
  const opened = await readInputs(io, options, { takes: 'values' });
  if (opened.kind === 'failed') {
    for (const message of opened.messages) complain(io, message);
    return exitCodes.failed;
  }
  const { inputs } = opened;
  for (const problem of inputs.problems) complain(io, problem);
  const { onError, seen } = ruleErrors(io);
  const report: CheckReport = { files: inputFindings(io, inputs, onError), checked: inputs.files.length };
  const least = leastSeverity(options);
  if (options.format === 'json')
    writeJson(io, checkJson(report, leftJson(...leftIn(inputs, inputs.snapshot))));
  else io.stdout.write(await textOf(io, options, inputs, report));
  const isIncomplete = inputs.problems.length > 0 || seen.size > 0;
  return exitCode(
    report.files.flatMap(file => file.findings),
    least,
    isIncomplete,
  );
};

async function textOf(io: Io, options: CheckOptions, inputs: Inputs, report: CheckReport): Promise<string> {
  const isQuiet = options.quiet;
  const text = checkText(report, {
    style: chosenStyle(io, options),
    quietBelow: isQuiet ? leastSeverity(options) : undefined,
    fixable: isQuiet ? 0 : fixableCount(inputs, report),
    fixCommand: fixCommand(options),
    left: isQuiet ? [] : leftLines(...leftIn(inputs, inputs.snapshot)),
  });
  if (isQuiet) return text;
  return text + (await checkNotes(io, inputs, report));
}

/** How many findings have a fix that is right for all and can be written. */
function fixableCount({ snapshot }: Inputs, { files }: CheckReport): number {
  const findings = files.flatMap(file => file.findings);
  const changes = findings.map(({ fixes }) => fixes.find(fix => fix.applies === 'all')?.changes() ?? []);
  return writableFixes(
    snapshot,
    changes.filter(own => own.length > 0),
  ).length;
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
