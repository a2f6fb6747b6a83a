import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { candidateKind } from '../../core/workspace/discovery.ts';
import { Snapshot } from '../../core/workspace/snapshot.ts';
import { groupOf, type LooseGroup } from '../../core/workspace/undefinedStacks.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { ValuesFile } from '../../core/stack/valuesFile.ts';
import { longestNear } from './fileStore.ts';
import { isWithin, pathOf, stdinUri, uriOf } from '../io/paths.ts';
import { stacksNear, type Reader } from './foundStacks.ts';

/** More YAML files in one folder are not looked into for the sake of one. */
const mostBeside = 40;

/**
 * The groups that files are in which the user named, so that each is checked alone. All that may name their stacks is
 * searched only where there are other values files beside them.
 */
export async function groupsBeside(
  plans: readonly StackPlan[],
  reader: Reader,
  cwd: string,
): Promise<readonly LooseGroup[]> {
  const groups = new Map<string, LooseGroup>();
  for (const { isNamed, uris } of plans) {
    const [uri = ''] = uris;
    if (isNamed !== true || uri === stdinUri(cwd)) continue;
    const folder = dirname(pathOf(cwd, uri));
    if (!(await hasOthers(folder, uri, reader))) continue;
    const found = await stacksNear(isWithin(cwd, folder) ? cwd : folder, reader);
    const group = found && groupOf(Snapshot.of(found.state), uri);
    if (group !== undefined) groups.set(group.base, group);
  }
  return [...groups.values()];
}

async function hasOthers(folder: string, uri: string, { files }: Reader): Promise<boolean> {
  const names = (await readdir(folder).catch(() => [])).filter(name => candidateKind(name) === 'yaml');
  if (names.length > mostBeside) return false;
  for (const other of names.map(name => uriOf(join(folder, name)))) {
    if (other === uri) continue;
    const read = await files.read(other);
    if (read.kind !== 'text' || read.text.length > longestNear) continue;
    if (new ValuesFile(other, read.text).isValues) return true;
  }
  return false;
}
