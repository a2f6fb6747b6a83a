import { changedImages } from '../../core/features/rewriteFiles.ts';
import { count } from '../../core/report/style.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import { projectUri } from '../../loader/folders.ts';
import type { AdoptRegistryResult } from '../../protocol.ts';
import { adoptRegistryRequest } from '../../protocol/rewrite.ts';
import { applyEdits, type Changes, nothing } from '../applyEdits.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { projectChanges } from '../projectFile.ts';
import { planRewrite, sayRewritten, type PlannedRewrite } from '../registryRewrite.ts';

const label = 'Rewrite to a private registry';

export const adoptRegistryHandler = defineHandler(
  adoptRegistryRequest,
  async (session, { isConfirmed = false, isPreviewed = false, pinsTags = false, ...choice }) => {
    const { workspace } = session;
    const before = workspace.snapshot;
    const plan = planRewrite(workspace, choice, { pinsTags });
    if (typeof plan === 'string') return nothing(plan);
    const { adopted, folder, rewritten, reason } = plan;
    const problems = adopted?.problems.map(problem => problem.message) ?? [];
    if (problems.length > 0 && !isConfirmed)
      return { ...nothing('The layout does not fit all images'), problems };
    if (adopted === undefined && reason !== undefined) return nothing(reason);
    const refused = await applyEdits(session, { ...changesOf(plan), isPreviewed });
    if (refused !== undefined) return nothing(isPreviewed ? 'Nothing was changed' : refused);
    const isMeasured = isPreviewed && session.client.workspaceFolders;
    // Whatever the client tells of its files before it answers is known then.
    if (isMeasured) await session.connection.workspace.getWorkspaceFolders();
    const made = isMeasured ? changedImages(before, workspace.snapshot, plan.uris) : rewritten;
    const result: AdoptRegistryResult = {
      message: messageOf(plan, { ...made, pins: pinsTags && !isPreviewed ? rewritten.tags : 0 }),
      isApplied: true,
      ...(adopted !== undefined && { projectFile: clientUri(workspace, projectUri(folder.uri)) }),
    };
    return result;
  },
);

/** The project file with the policy in it, and everything in the values files that the policy asks for. */
function changesOf({ adopted, folder, rewritten: { edits } }: PlannedRewrite): Changes {
  if (adopted === undefined) return { label, edits };
  return projectChanges(folder, adopted.projectText, { label, edits });
}

interface Made {
  readonly images: number;
  readonly components: number;
  readonly pins: number;
}

function messageOf({ adopted, rewritten }: PlannedRewrite, made: Made): string {
  const isNone = made.images === 0;
  const parts = [isNone ? 'Rewrote no image' : `Rewrote ${sayRewritten(made, rewritten.edits.length)}`];
  if (made.pins > 0) parts.push(`pinned ${count(made.pins, 'tag')}`);
  if (adopted !== undefined) parts.push(`the registry policy is in ${projectFileName}`);
  return parts.join(', ');
}
