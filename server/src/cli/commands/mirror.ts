import type { RunCommand } from '../arguments/command.ts';
import type { mirrorOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { exporters } from '../../core/mirror/exporters/index.ts';
import { mirrorPlan } from '../../core/mirror/plan.ts';
import type { MirrorPlan } from '../../core/mirror/types.ts';
import { mirrorJson } from '../../core/report/mirrorJson.ts';
import { mirrorText } from '../../core/report/mirrorText.ts';
import { complain, exitCodes, fail, type Io } from '../io/io.ts';
import { chosenStyle } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import { openView } from '../inputs/openView.ts';

type MirrorOptions = Given<typeof mirrorOptions>;

/** Says what a mirror must hold for a stack, or writes that in the form of a tool. */
export const runMirror: RunCommand<typeof mirrorOptions> = async (options, io) => {
  const { platform } = options;
  if (platform !== undefined && !/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(platform))
    return fail(io, `"${platform}" is not a platform such as linux/amd64`);
  const opened = await openView(io, options);
  if (opened === undefined) return exitCodes.failed;
  const plan = mirrorPlan(opened.view, { stack: opened.name, all: options.all });
  if (options.export !== undefined) return writeExport(io, options, plan);
  if (options.format === 'json') writeJson(io, mirrorJson(plan));
  else io.stdout.write(mirrorText(plan, chosenStyle(io, options)));
  return plan.refused.length > 0 ? exitCodes.findings : exitCodes.clean;
};

function writeExport(io: Io, options: MirrorOptions, plan: MirrorPlan): number {
  const exporter = exporters.find(({ name }) => name === options.export);
  if (exporter === undefined) {
    const names = exporters.map(({ name }) => name).join(', ');
    return fail(io, `there is no export "${options.export ?? ''}", there are ${names}`);
  }
  const exported = exporter.write(plan, { platform: options.platform });
  if (exported.kind === 'refused') {
    for (const reason of exported.reasons) complain(io, reason);
    return exitCodes.failed;
  }
  io.stdout.writeData(exported.text);
  if (options.platform !== undefined && exporter.hasPlatform !== true)
    complain(io, `--platform does not change the export ${exporter.name}`);
  for (const note of exported.notes ?? []) complain(io, note);
  for (const { reference, reason } of plan.unresolved) complain(io, `${reference} is not in it: ${reason}`);
  return exitCodes.clean;
}
