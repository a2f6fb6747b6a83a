import { readdirSync } from 'node:fs';
import { compareReleases } from '../../src/core/catalog/release.ts';

/** The releases that have a catalog in a folder, the oldest first. */
export function shippedReleases(folder: string): readonly string[] {
  const releases = readdirSync(folder).flatMap(file => /^(\d.*)\.json$/.exec(file)?.[1] ?? []);
  return releases.toSorted(compareReleases);
}

/** The module that all catalogs are shipped by. */
export function formatShipped(releases: readonly string[]): string {
  const nameOf = (release: string): string => `release${release.replaceAll(/\W/g, '_')}`;
  return [
    '// Made by npm run catalog, never edited by hand.',
    ...releases.map(release => `import ${nameOf(release)} from './${release}.json' with { type: 'json' };`),
    '',
    'export const shippedCatalogs: ReadonlyMap<string, unknown> = new Map<string, unknown>([',
    ...releases.map(release => `  ['${release}', ${nameOf(release)}],`),
    ']);',
    '',
  ].join('\n');
}
