import type { RunCommand } from '../arguments/command.ts';
import type { mirrorOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { platformProblem } from '../arguments/platform.ts';
import { lackingImages } from '../../core/mirror/exporters/exporter.ts';
import { exporters } from '../../core/mirror/exporters/index.ts';
import { mirrorPlan } from '../../core/mirror/plan.ts';
import type { MirrorPlan } from '../../core/mirror/types.ts';
import { misplacedCopies } from '../../core/mirror/unmapped.ts';
import { mirrorJson } from '../../core/report/mirrorJson.ts';
import { mirrorBlocks, mirrorText } from '../../core/report/mirrorText.ts';
import { complain, exitCodes, fail, type Io } from '../io/io.ts';
import { chosenStyle } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import { readLock } from '../inputs/mirrorLock.ts';
import { openView } from '../inputs/openView.ts';
import { missingOf } from '../inputs/verifyPlan.ts';

type MirrorOptions = Given<typeof mirrorOptions>;

/** Says what a mirror must hold for a stack, or writes that in the form of a tool. */
export const runMirror: RunCommand<typeof mirrorOptions> = async (options, io) => {
  const wrong = platformProblem(options.platform);
  if (wrong !== undefined) return fail(io, wrong);
  const opened = await openView(io, options);
  if (opened === undefined) return exitCodes.failed;
  const locked = await readLock(io, opened);
  if (typeof locked === 'string') return fail(io, locked);
  const { view, name } = opened;
  const whole = mirrorPlan(view, { stack: name, all: options.all, lock: locked.lock });
  const plan = options.missing ? await missingOf(io, whole, { ...options, view, lock: locked.lock }) : whole;
  if (typeof plan === 'string') return fail(io, plan);
  if (options.missing && plan.copies.length === 0) complain(io, 'nothing is missing in the registries');
  if (options.export !== undefined) return writeExport(io, options, plan);
  if (options.format === 'json') writeJson(io, mirrorJson(plan));
  else if (options.quiet) io.stdout.write(mirrorBlocks(plan, chosenStyle(io, options)).join('\n'));
  else io.stdout.write(mirrorText(plan, chosenStyle(io, options)));
  const lacking = plan.refused.length + plan.unresolved.length + misplacedCopies(plan).length;
  return lacking === 0 ? exitCodes.clean : exitCodes.findings;
};

function writeExport(io: Io, options: MirrorOptions, plan: MirrorPlan): number {
  const exporter = exporters.find(({ name }) => name === options.export);
  if (exporter === undefined) {
    const names = exporters.map(({ name }) => name).join(', ');
    return fail(io, `there is no export "${options.export ?? ''}", there are ${names}`);
  }
  // The data of a program stays data.
  if (options.missing && plan.copies.length === 0 && exporter.language !== 'json') return exitCodes.clean;
  if (options.missing && exporter.isWhole === true)
    complain(io, `${exporter.name} has the missing images alone`);
  const exported = exporter.write(plan, { platform: options.platform });
  if (exported.kind === 'refused') {
    for (const reason of exported.reasons) complain(io, reason);
    return exitCodes.failed;
  }
  io.stdout.writeData(exported.text);
  const isPinned = plan.copies.some(({ target }) => target?.includes('@') === true);
  if (options.platform !== undefined && exporter.hasPlatform === true && isPinned)
    complain(
      io,
      'the digests of images for one platform are others: Pods that pull by a digest of an index do not find it',
    );
  if (options.platform !== undefined && exporter.hasPlatform !== true)
    complain(io, `--platform does not change the export ${exporter.name}`);
  for (const note of exported.notes ?? []) complain(io, note);
  const lacking = lackingImages(exporter, plan);
  for (const image of lacking) complain(io, image);
  return lacking.length > 0 ? exitCodes.findings : exitCodes.clean;
}
