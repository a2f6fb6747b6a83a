import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReleases } from '../../src/core/catalog/release.ts';
import type { Catalog, Value } from '../../src/core/catalog/types.ts';
import { valueAt } from './build.ts';

/** The catalog of the newest reviewed release before `release`; `undefined` when there is none. */
export function readCatalog(
  directory: string,
  reviewed: readonly string[],
  release: string,
): Catalog | undefined {
  const before = reviewed
    .filter(known => compareReleases(known, release) < 0)
    .toSorted(compareReleases)
    .at(-1);
  const file = join(directory, `${before ?? ''}.json`);
  return before !== undefined && existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Catalog)
    : undefined;
}

/** What a person has to look at before a new release's facts can be trusted: everything on which a fact may rest. */
export function reviewRelease(before: Catalog, after: Catalog): readonly string[] {
  const paths = [...before.images, ...before.charts, ...after.images, ...after.charts].map(item => item.path);
  const changed = [...new Set(paths)].flatMap(path => {
    const [old, now] = [valueAt(before.defaults, path), valueAt(after.defaults, path)];
    return sameValue(old, now) ? [] : [`${path}: ${print(old)} is now ${print(now)}`];
  });
  const constants = after.images
    .filter(image => image.tag.fallback !== undefined && !image.tag.fallback.includes('{'))
    .map(image => `still upstream's own tag? ${image.tag.fallback ?? ''} of ${image.path}`);
  const hidden = after.hiddenImages.map(image => `still hidden? ${image.reference} (${image.where})`);
  const plugin = after.pluginImages.map(image => `still installed? ${image.reference} (${image.variant})`);
  return [...changed, ...constants, ...hidden, ...plugin];
}

function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function print(value: Value | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
