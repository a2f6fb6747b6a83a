import { filterChoices, stackBranch } from '../../core/features/imagesView.ts';
import { imageStacksRequest, type ImageStack, type ImageStacksResult } from '../../protocol/images.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { Turns } from '../turns.ts';

export const imageStacksHandler = defineHandler(
  imageStacksRequest,
  async ({ workspace }, { filter }, token): Promise<ImageStacksResult> => {
    const { snapshot } = workspace;
    const turns = new Turns();
    const stacks: ImageStack[] = [];
    for (const plan of snapshot.plans) {
      await turns.next();
      if (token.isCancellationRequested) break;
      const branch = stackBranch(snapshot, plan, filter);
      if (branch === undefined) continue;
      const { id, label, summary, file, hasPolicy } = branch;
      stacks.push({
        id,
        label,
        summary,
        hasPolicy,
        ...(file !== undefined && { file: clientUri(workspace, file) }),
      });
    }
    const views = snapshot.plans.flatMap(plan => snapshot.view(plan) ?? []);
    return { stacks, ...filterChoices(views) };
  },
);
