import { splitImage } from '../../image/splitImage.ts';
import type { MirrorPlan } from '../types.ts';
import { refusedFor, type CopyPair, type Exported } from './exporter.ts';
import { groupedBy, hostOf, pathOf, prefixBefore } from './places.ts';

/** Where nodes pull a registry or repository from. */
export interface NodeMapping {
  /** A registry, or the repository of one image. */
  readonly from: string;
  /** What takes its place; for a registry a prefix. */
  readonly to: string;
}

/**
 * What nodes have to be told so that images which Pods name as the release does are pulled from the mirror. A whole registry where all of
 * its images keep their path, else each repository. Longer sources win.
 */
export function nodeMappings(
  plan: MirrorPlan,
  pairs: readonly CopyPair[],
): readonly NodeMapping[] | Exported {
  const mappings: NodeMapping[] = [];
  for (const [registry, group] of groupedBy(pairs, ({ source }) => hostOf(source))) {
    const places = placesOf(group);
    const prefix = wholeRegistry(plan, registry, group);
    if (prefix !== undefined) mappings.push({ from: registry, to: prefix });
    for (const [from, to] of places)
      if (prefix === undefined || to !== `${prefix}/${pathOf(from)}`) mappings.push({ from, to });
  }
  const doubled = mappings.filter(({ from, to }) =>
    mappings.some(other => other.from === from && other.to !== to),
  );
  if (doubled.length > 0)
    return refusedFor(doubled.map(({ from, to }) => `${from} has several places, one of them is ${to}`));
  return mappings;
}

/** The prefix that a registry becomes as a whole. `undefined`: some of its images have other places, or stay public. */
export function wholeRegistry(
  { accepted }: MirrorPlan,
  registry: string,
  group: readonly CopyPair[],
): string | undefined {
  if (accepted.some(image => hostOf(image) === registry)) return undefined;
  const prefixes = new Set(
    group.map(({ source, pulled }) => prefixBefore(splitImage(pulled).repository, pathOf(source))),
  );
  const [prefix] = prefixes;
  return prefixes.size === 1 ? prefix : undefined;
}

/** Repositories as Pods may name them, with the private one; what is gone is pulled from what takes its place. */
function placesOf(group: readonly CopyPair[]): readonly (readonly [string, string])[] {
  const places = new Map<string, readonly [string, string]>();
  for (const { source, pulled, copy } of group) {
    const to = splitImage(pulled).repository;
    for (const from of [source, copy.replaces ?? source]) {
      const { repository } = splitImage(from);
      places.set(`${repository} ${to}`, [repository, to]);
    }
  }
  return [...places.values()];
}
