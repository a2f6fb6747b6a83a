import type { LooseGroup } from '../../core/workspace/looseFiles.ts';
import { groupOf } from '../../core/workspace/undefinedStacks.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { stdinUri } from '../io/paths.ts';
import { stacksNear, type Reader } from './foundStacks.ts';
import { searchedPath } from './namingStacks.ts';

/** The groups that files are in which the user named, so that each is checked alone. */
export async function groupsBeside(
  plans: readonly StackPlan[],
  reader: Reader,
  cwd: string,
): Promise<readonly LooseGroup[]> {
  const groups = new Map<string, LooseGroup>();
  for (const { isNamed, uris } of plans) {
    const [uri = ''] = uris;
    if (isNamed !== true || uri === stdinUri(cwd)) continue;
    const path = await searchedPath(uri, cwd, reader);
    const found = path === undefined ? undefined : await stacksNear(path, reader);
    const group = found && groupOf(found.snapshot, uri);
    if (group !== undefined) groups.set(group.base, group);
  }
  return [...groups.values()];
}
