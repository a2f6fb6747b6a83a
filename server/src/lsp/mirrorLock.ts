import { lockFile, parseLock, type MirrorLock } from '../core/mirror/lock.ts';
import type { StackPlan } from '../core/stack/plan.ts';
import { folderOf, trimSlash } from '../core/stack/uri.ts';
import { folderOfPlan } from '../core/workspace/paths.ts';
import { describeUnread } from '../host/files.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

/** The lock of a stack's mirror, `undefined` where there is none; or why it cannot be used. */
export type StackLock =
  | { readonly kind: 'lock'; readonly lock: MirrorLock | undefined }
  | { readonly kind: 'broken'; readonly problem: string };

/** Reads the `mirror.lock` beside the project file, else in the folder of the stack. */
export async function readStackLock(workspace: OpenWorkspace, plan: StackPlan): Promise<StackLock> {
  const folder = folderOfPlan(workspace.snapshot.state, plan);
  if (folder === undefined) return { kind: 'lock', lock: undefined };
  const base = folder.project === undefined ? folder.uri : trimSlash(folderOf(folder.project.file.uri));
  const file = await workspace.files.read(`${base}/${lockFile}`);
  if (file.kind === 'missing') return { kind: 'lock', lock: undefined };
  if (file.kind !== 'text') return { kind: 'broken', problem: `${lockFile} ${describeUnread(file)}` };
  const read = parseLock(file.text);
  if (read.kind === 'lock') return read;
  return { kind: 'broken', problem: `${lockFile} cannot be used, ${read.reason}` };
}
