import { splitImage } from '../../image/splitImage.ts';
import { upTo } from '../../text/cut.ts';
import type { CopyPair } from './exporter.ts';

/** `docker.io` of `docker.io/istio/pilot:1.17.8`. */
export function hostOf(reference: string): string {
  return upTo(reference, '/');
}

/** `istio/pilot` of `docker.io/istio/pilot:1.17.8`. */
export function pathOf(reference: string): string {
  const { repository } = splitImage(reference);
  return repository.slice(repository.indexOf('/') + 1);
}

/** What is before the end of a repository; `undefined` where it does not end so. */
export function prefixBefore(repository: string, end: string): string | undefined {
  if (!repository.endsWith(`/${end}`)) return undefined;
  return repository.slice(0, -end.length - 1);
}

/** The pairs by a text of each, in the order of the first of them. */
export function groupedBy(
  pairs: readonly CopyPair[],
  key: (pair: CopyPair) => string,
): ReadonlyMap<string, readonly CopyPair[]> {
  const groups = new Map<string, CopyPair[]>();
  for (const pair of pairs) {
    const group = groups.get(key(pair));
    if (group === undefined) groups.set(key(pair), [pair]);
    else group.push(pair);
  }
  return groups;
}

/** Where all targets are below one host, that host; else why they are not. */
export function onlyHost(pairs: readonly CopyPair[]): string | undefined {
  const hosts = new Set(pairs.map(({ target }) => hostOf(target)));
  const [host] = hosts;
  return hosts.size === 1 ? host : undefined;
}

/** The place that all targets have in common when the rest of each is `end`, or the targets that differ. */
export function commonPrefix(
  pairs: readonly CopyPair[],
  end: (pair: CopyPair) => string,
): { readonly prefix: string } | { readonly others: readonly CopyPair[] } {
  const prefixes = pairs.map(pair => prefixBefore(splitImage(pair.target).repository, end(pair)));
  const prefix = prefixes.find(found => found !== undefined);
  const others = pairs.filter((_, index) => prefixes[index] !== prefix || prefix === undefined);
  if (prefix === undefined || others.length > 0) return { others };
  return { prefix };
}
