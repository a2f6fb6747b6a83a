import type { ImageEntry } from '../analysis/images.ts';
import { upstreamFinder } from '../analysis/upstreams.ts';
import { locationOf } from '../findings/location.ts';
import { rewriteRepository } from '../policy/rewrite.ts';
import type { UpgradeViews } from './types.ts';
import { defaultImages, keepsPath } from './defaultImages.ts';
import type { FoundOverride } from './foundOverride.ts';

/** Repositories that are the old release's default, or mirror it, where the new release takes the image from another one. */
export function movedRepositories(views: UpgradeViews): readonly FoundOverride[] {
  return views.after.images.flatMap(entry => movedRepository(views, entry) ?? []);
}

function movedRepository(views: UpgradeViews, entry: ImageEntry): FoundOverride | undefined {
  const { before, after } = views;
  const { form, path, canonical, keys, value, override } = entry;
  const say = (form === 'map' ? keys.repository : value)?.winner;
  if (form === 'item' || override !== undefined || canonical === undefined || say === undefined)
    return undefined;
  const place = locationOf(say);
  const [old] = defaultImages(before.catalog, path);
  const [next] = defaultImages(after.catalog, path);
  if (place === undefined || old === undefined || next === undefined) return undefined;
  if (old.repository === next.repository) return undefined;
  const isSame = canonical === old.repository;
  if (!isSame && !mirrors(views, canonical, old.repository, next.repository)) return undefined;
  const printed = form === 'map' ? `${path}.repository` : path;
  const [from, to] = [before.stack.release, after.stack.release];
  const what = isSame ? `is the default of ${from}` : `mirrors ${old.repository}, the default of ${from}`;
  return {
    path: printed,
    ...place,
    what: 'default-moved',
    message: `"${printed}" ${what}; ${to} takes ${next.repository}${adviceOf(views, next.repository, isSame)}`,
  };
}

/** By the policy, else by a path that most mirrors keep. */
function mirrors({ before }: UpgradeViews, own: string, old: string, next: string): boolean {
  const upstream = before.memo(upstreamFinder)(own);
  if (upstream !== undefined) return upstream === old;
  return keepsPath(own, old) && !keepsPath(own, next);
}

function adviceOf({ after: { policy } }: UpgradeViews, next: string, isSame: boolean): string {
  if (isSame) return ': remove it';
  const rewrite = policy && rewriteRepository(policy, next);
  return rewrite?.kind === 'rewritten' ? `: write ${rewrite.repository}` : ': mirror that one and write it';
}
