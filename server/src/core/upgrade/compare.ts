import { mirrorPlan, type PlanOptions } from '../mirror/plan.ts';
import type { ChartCopy, UnresolvedImage } from '../mirror/types.ts';
import { imageChanges } from './images.ts';
import { overrideChanges } from './overrides.ts';
import type { Upgrade, UpgradeViews } from './types.ts';

/** What an upgrade of a stack needs. */
export function compareReleaseViews(views: UpgradeViews, options: PlanOptions): Upgrade {
  const { before, after } = views;
  const [old, next] = [mirrorPlan(before, options), mirrorPlan(after, options)];
  const knownCharts = new Set(old.charts.map(chartKey));
  const knownUnresolved = new Set(old.unresolved.map(unresolvedKey));
  return {
    stack: options.stack,
    from: before.stack.release,
    to: after.stack.release,
    images: imageChanges(old, next),
    charts: next.charts.filter(chart => !knownCharts.has(chartKey(chart))),
    files: next.files.filter(name => !old.files.includes(name)),
    unresolved: next.unresolved.filter(image => !knownUnresolved.has(unresolvedKey(image))),
    overrides: overrideChanges(views, options),
  };
}

/**
 * Whether there is something to mirror or to change; the archive and the ArgoCD plugin are for whoever upgrades those. `areThere`: the
 * new images are known to be in the registry already.
 */
export function isWorkNeeded({ images, charts, unresolved, overrides }: Upgrade, areThere: boolean): boolean {
  const lists = [charts, unresolved, overrides, ...(areThere ? [] : [images.added])];
  return lists.some(list => list.length > 0);
}

function chartKey({ name, version, repository }: ChartCopy): string {
  return `${repository} ${name} ${version}`;
}

function unresolvedKey({ reference, reason }: UnresolvedImage): string {
  return `${reference} ${reason}`;
}
