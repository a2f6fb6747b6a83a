import type { ImageEntry } from '../analysis/images.ts';
import type { Report } from './finding.ts';

/** Reports with the names of the images that they are about, where they do not have them yet: what suppressions name. */
export function aboutImages(entries: readonly ImageEntry[], reports: readonly Report[]): readonly Report[] {
  const images = entries.flatMap(entry => nameOf(entry) ?? []);
  if (images.length === 0) return reports;
  return reports.map(report => ({ images, ...report }));
}

/** Canonical, with the tag where that is known; `undefined`: nothing valid is pulled. */
function nameOf({ canonical, resolved }: ImageEntry): string | undefined {
  if (canonical === undefined || resolved.kind !== 'known') return canonical;
  return `${canonical}:${resolved.tag}`;
}
