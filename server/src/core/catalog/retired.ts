import { withoutEnd } from '../text/cut.ts';
import { ownValue } from '../text/ownValue.ts';
import type { Retired } from './types.ts';

export interface RetiredFinding {
  readonly entry: Retired;
  /** The repository or URL that takes its place; `undefined` when none is known. */
  readonly replacement: string | undefined;
  /** Whether the replacement is known to have the same tag. */
  readonly sameTag: boolean;
}

/**
 * What is known about an image repository that is gone, by its canonical name such as `docker.io/bitnami/kubectl`; the
 * most exact entry counts. A tag that the entry excepts gives `undefined`; an unknown tag is `undefined` and excepted by
 * none. A reference without tag is `latest`.
 */
export function retiredImage(
  retired: readonly Retired[],
  repository: string,
  tag: string | undefined,
): RetiredFinding | undefined {
  let entry: Retired | undefined;
  for (const item of retired) {
    if (item.kind !== 'image' || nameBehind(item.source, repository) === undefined) continue;
    if (entry === undefined || item.source.length > entry.source.length) entry = item;
  }
  if (entry === undefined || (tag !== undefined && entry.exceptTags?.includes(tag) === true))
    return undefined;
  const replacement = replacementOf(entry, nameBehind(entry.source, repository) ?? '');
  return { entry, replacement, sameTag: entry.sameTag };
}

/** What is known about a Helm repository that is gone or ending, by its URL with or without a slash at the end. */
export function retiredChart(retired: readonly Retired[], url: string): RetiredFinding | undefined {
  const wanted = withoutEnd(url.toLowerCase(), '/');
  const entry = retired.find(item => item.kind === 'chart' && item.source.toLowerCase() === wanted);
  return entry && { entry, replacement: entry.replacement, sameTag: entry.sameTag };
}

/** The part of a repository after the prefix `…/*`, "" for a repository that is named in full. */
function nameBehind(source: string, repository: string): string | undefined {
  if (source === repository) return '';
  if (!source.endsWith('/*')) return undefined;
  const prefix = source.slice(0, -1);
  if (!repository.startsWith(prefix)) return undefined;
  return repository.slice(prefix.length);
}

function replacementOf(entry: Retired, name: string): string | undefined {
  const renamed = entry.names === undefined ? name : ownValue(entry.names, name);
  if (renamed === undefined) return undefined;
  return entry.replacement?.replace('{name}', renamed);
}
