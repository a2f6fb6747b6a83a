import { projectUri } from '../../loader/folders.ts';
import { planRewriteRequest, type PlanRewriteResult } from '../../protocol/rewrite.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { planRewrite, sayRewritten } from '../registryRewrite.ts';

export const planRewriteHandler = defineHandler(
  planRewriteRequest,
  ({ workspace }, params): PlanRewriteResult => {
    const plan = planRewrite(workspace, params, { pinsTags: false });
    if (typeof plan === 'string') return { problem: plan, summary: '', tags: 0, changed: [] };
    const { rewritten, adopted, folder, uris, reason } = plan;
    if (reason !== undefined && adopted === undefined && rewritten.tags === 0)
      return { problem: reason, summary: '', tags: 0, changed: [] };
    const changed = rewritten.edits.map(({ uri }) => uri);
    return {
      summary: sayRewritten(rewritten, changed.length),
      ...(reason !== undefined && { reason }),
      tags: rewritten.tags,
      // Pins may be all that a file gets.
      changed: [...new Set([...uris, ...(adopted === undefined ? [] : [projectUri(folder.uri)])])].map(uri =>
        clientUri(workspace, uri),
      ),
    };
  },
);
