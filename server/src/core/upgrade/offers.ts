import { compareReleases } from '../catalog/release.ts';
import type { StackPlan } from '../stack/plan.ts';
import { hostUri } from '../stack/valuesFile.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** The stacks of a release that a file defines, or is a layer of; those of forks are not of a release. */
export function stacksOfRelease(snapshot: Snapshot, uri: string, release: string): readonly StackPlan[] {
  return stacksAround(snapshot, uri).filter(
    stack => stack.generator === undefined && snapshot.view(stack)?.stack.release === release,
  );
}

/** The stacks that a file is a layer of, the chosen one first, and those that it defines or gives their release. */
export function stacksAround(snapshot: Snapshot, uri: string): readonly StackPlan[] {
  const own = snapshot.plansByChoice(uri);
  const folder = folderOfProjectFile(snapshot.state, uri);
  const others = snapshot.plans.filter(
    ({ definedAt, kind, folder: at }) =>
      definedAt?.uri === hostUri(uri) || (folder !== undefined && at === folder.uri && kind === 'standalone'),
  );
  return [...new Set([...own, ...others])];
}

/** The known releases that come after one, the newest first. */
export function newerReleases({ state }: Snapshot, release: string): readonly string[] {
  const newer = state.catalogs.releases.filter(other => compareReleases(other, release) > 0);
  return newer.toSorted((a, b) => compareReleases(b, a));
}
