import { mirrorPlan } from '../../core/mirror/plan.ts';
import { htmlReport } from '../../core/report/htmlReport.ts';
import { checkJson } from '../../core/report/json.ts';
import { version } from '../../host/version.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { reportPageOptions } from '../arguments/commandOptions.ts';
import { inputFindings, ruleErrors } from '../inputs/findings.ts';
import { readLock } from '../inputs/mirrorLock.ts';
import { openView } from '../inputs/openView.ts';
import { exitCodes, fail } from '../io/io.ts';
import { writeReport } from '../output/writeReport.ts';

/** Writes one page about a stack, for people who review it. */
export const runReport: RunCommand<typeof reportPageOptions> = async (options, io) => {
  if (options.html === undefined) return fail(io, 'report needs --html FILE');
  const opened = await openView(io, options);
  if (opened === undefined) return exitCodes.failed;
  const locked = await readLock(io, opened);
  if (typeof locked === 'string') return fail(io, locked);
  const { view, name, inputs } = opened;
  const { onError, seen } = ruleErrors(io);
  const files = inputFindings(io, inputs, onError, { isQuiet: options.quiet });
  const page = htmlReport({
    view,
    name,
    plan: mirrorPlan(view, { stack: name, all: false, lock: locked.lock }),
    findings: checkJson({ files, checked: files.length }).findings,
    version,
    day: io.today,
  });
  const isWritten = await writeReport(io, options.html, inputs, output => output.writeData(page));
  if (!isWritten) return exitCodes.failed;
  return seen.size === 0 ? exitCodes.clean : exitCodes.findings;
};
