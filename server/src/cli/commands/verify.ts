import type { RunCommand } from '../arguments/command.ts';
import type { verifyOptions } from '../arguments/commandOptions.ts';
import { byTag } from '../../core/image/splitImage.ts';
import type { LockedImage } from '../../core/mirror/lock.ts';
import { mirrorPlan } from '../../core/mirror/plan.ts';
import { isComplete, verifyJson, type VerifyReport } from '../../core/report/verifyJson.ts';
import { verifyBlocks, verifyText } from '../../core/report/verifyText.ts';
import { platformProblem } from '../arguments/platform.ts';
import { readLock, writeLock, type LockFile } from '../inputs/mirrorLock.ts';
import { openView } from '../inputs/openView.ts';
import { verifyPlan } from '../inputs/verifyPlan.ts';
import { complain, exitCodes, fail, type Io } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';
import { count } from '../../core/report/style.ts';
import { chosenStyle } from '../output/output.ts';

/** Asks the registries whether every image of a stack is there. */
export const runVerify: RunCommand<typeof verifyOptions> = async (options, io) => {
  const wrong = platformProblem(options.platform);
  if (wrong !== undefined) return fail(io, wrong);
  const opened = await openView(io, options);
  if (opened === undefined) return exitCodes.failed;
  const locked = await readLock(io, opened);
  if (typeof locked === 'string' && !options.lock) return fail(io, locked);
  const { view, name } = opened;
  const plan = mirrorPlan(view, { stack: name, all: options.all });
  const report = await verifyPlan(io, {
    plan,
    // What is to be locked anew is not held to what it was.
    lock: typeof locked === 'string' || options.lock ? undefined : locked.lock,
    view,
    isDeep: options.deep,
    withSource: options.source,
    platform: options.platform,
    registryCa: options.registryCa,
    plainHttp: options.plainHttp,
    quiet: options.quiet,
  });
  if (typeof report === 'string') return fail(io, report);
  if (options.format === 'json') writeJson(io, verifyJson(report));
  else if (options.quiet) io.stdout.write(verifyBlocks(report, chosenStyle(io, options)).join('\n'));
  else
    io.stdout.write(
      verifyText(report, { ...chosenStyle(io, options), hasHints: !options.lock && !options.source }),
    );
  const problem = options.lock ? await keep(io, locked, report) : undefined;
  if (problem !== undefined) return fail(io, problem);
  if (report.images.length > 0 && report.images.every(({ state }) => state === 'unreachable'))
    return fail(io, 'no registry could be asked');
  return isComplete(report) ? exitCodes.clean : exitCodes.findings;
};

/** Writes what is there into the lock; the answer is why it could not. */
async function keep(io: Io, locked: LockFile | string, report: VerifyReport): Promise<string | undefined> {
  if (typeof locked === 'string') return locked;
  const verified = new Date().toISOString().slice(0, 10);
  const images = new Map<string, LockedImage>();
  for (const { target, source, state, found, wanted } of report.images) {
    if (state !== 'there' || found === undefined) continue;
    // Nothing else is compared with while a lock is written.
    const isUpstream = wanted?.digest === found.digest;
    images.set(byTag(target), { source: byTag(source), ...found, isUpstream, verified });
  }
  const { label, lock } = locked;
  const unread = report.images.filter(({ state }) => state === 'unreachable' || state === 'unchecked').length;
  const bad = report.images.length - images.size - unread;
  const left: string[] = [];
  if (bad > 0) left.push(`${bad} not as wanted`);
  if (unread > 0) left.push(`${unread} not checked`);
  const kept = report.images.filter(
    ({ target }) => !images.has(byTag(target)) && lock?.images.has(byTag(target)),
  ).length;
  if (kept > 0) left.push(`${kept} of them with the digest that the lock had`);
  if (images.size === 0) {
    complain(
      io,
      [`${label} ${lock === undefined ? 'was not written' : 'stays as it was'}`, ...left].join(', '),
    );
    return undefined;
  }
  const problem = await writeLock(locked, images);
  if (problem !== undefined) return `${label} ${problem}`;
  complain(io, [`wrote the digests of ${count(images.size, 'image')} to ${label}`, ...left].join(', '));
  return undefined;
}
