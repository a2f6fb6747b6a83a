import { compareReleases } from './release.ts';
import type { ChartVersions } from './types.ts';
import type { Value } from '../yaml/value.ts';

/** Whether a chart's version is one of these; a range or another version than `1.2.3` may stand for any chart. */
export function isChartWithin(version: Value | undefined, { from, to }: ChartVersions): boolean {
  if (typeof version !== 'string' || !/^v?\d+\.\d+\.\d+$/.test(version)) return false;
  const plain = version.replace(/^v/, '');
  return (
    (from === undefined || compareReleases(from, plain) <= 0) &&
    (to === undefined || compareReleases(plain, to) <= 0)
  );
}
