import { writableFixes } from '../../core/fixes/edits.ts';
import type { RunCommand } from '../arguments/command.ts';
import { checkJson } from '../../core/report/json.ts';
import { checkText } from '../../core/report/text.ts';
import type { CheckReport } from '../../core/report/types.ts';
import { count } from '../../core/report/style.ts';
import { shellWord } from '../../core/text/shellWord.ts';
import { exitCode, failOn, ruleErrors, worldFindings } from '../inputs/findings.ts';
import { complain, exitCodes, programName, type Io } from '../io/io.ts';
import { chosenStyle, isJson } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import type { Arguments } from '../arguments/parseArguments.ts';
import { stdinName } from '../io/paths.ts';
import { openWorld, type World } from '../inputs/world.ts';

export const runCheck: RunCommand = async (args, io) => {
  const opened = await openWorld(io, args, { takes: 'values' });
  if (opened.kind === 'failed') {
    for (const message of opened.messages) complain(io, message);
    return exitCodes.failed;
  }
  const { world } = opened;
  for (const problem of world.problems) complain(io, problem);
  const { onError, seen } = ruleErrors(io);
  const report: CheckReport = { files: worldFindings(io, world, onError), checked: world.files.length };
  const least = failOn(args);
  if (isJson(args)) writeJson(io, checkJson(report));
  else io.stdout.write(textOf(io, args, world, report));
  const isIncomplete = world.problems.length > 0 || seen.size > 0;
  return exitCode(
    report.files.flatMap(file => file.findings),
    least,
    isIncomplete,
  );
};

function textOf(io: Io, args: Arguments, world: World, report: CheckReport): string {
  const isQuiet = args.switches.has('quiet');
  const text = checkText(report, {
    style: chosenStyle(io, args),
    quietBelow: isQuiet ? failOn(args) : undefined,
    fixable: isQuiet ? 0 : fixableCount(world, report),
    fixCommand: fixCommand(args),
  });
  return isQuiet || world.skipped.length === 0 ? text : text + skippedNote(world.skipped);
}

/** How many findings have a fix that is right for all and can be written. */
function fixableCount({ snapshot }: World, { files }: CheckReport): number {
  const findings = files.flatMap(file => file.findings);
  const changes = findings.map(({ fixes }) => fixes.find(fix => fix.applies === 'all')?.changes() ?? []);
  return writableFixes(
    snapshot,
    changes.filter(own => own.length > 0),
  ).length;
}

/** The same input, with another command. */
function fixCommand({ operands, lists, values }: Arguments): string {
  const layers = lists.get('values') ?? [];
  const words = [
    programName,
    'fix',
    ...operands.map(asFile),
    ...(layers.length === 0 ? [] : ['--values', ...layers.map(asFile)]),
    ...['stack', 'release', 'generator', 'config'].flatMap(name => {
      const value = values.get(name);
      return value === undefined ? [] : [`--${name}`, value];
    }),
  ];
  return words.map(shellWord).join(' ');
}

/** A name that cannot be taken for an option. */
function asFile(path: string): string {
  return path.startsWith('-') && path !== stdinName ? `./${path}` : path;
}

function skippedNote(skipped: readonly string[]): string {
  const names = skipped.length <= 3 ? ` (${skipped.join(', ')})` : '';
  return `${count(skipped.length, 'file')}${names} skipped: no deployKF values\n`;
}
