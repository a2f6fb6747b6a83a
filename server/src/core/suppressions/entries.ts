import type { Finding } from '../findings/finding.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import type { SuppressionEntry } from './types.ts';

/** An image as findings name it; `undefined`: it is not a valid reference. */
export function canonicalImage(text: string): string | undefined {
  const { repository, tag, digest } = splitImage(text);
  const canonical = canonicalRepository(repository);
  if (canonical === undefined || digest !== undefined) return undefined;
  return tag === undefined ? canonical : `${canonical}:${tag}`;
}

/**
 * The entries that suppress a finding; empty: none does. A finding about several images needs entries for all of them.
 */
export function entriesFor(
  finding: Finding,
  entries: readonly SuppressionEntry[],
): readonly SuppressionEntry[] {
  const own = entries.filter(entry => entry.code === finding.code && isAtPath(finding, entry));
  const whole = own.filter(({ image }) => image === undefined);
  if (whole.length > 0) return whole;
  const { images = [] } = finding;
  const covering = images.map(image => own.filter(entry => names(entry, image)));
  if (covering.some(each => each.length === 0)) return [];
  return [...new Set(covering.flat())];
}

function isAtPath({ path }: Finding, { path: wanted }: SuppressionEntry): boolean {
  if (wanted === undefined || path === wanted) return true;
  return path?.startsWith(wanted) === true && /^[.[]/.test(path.slice(wanted.length));
}

/** An entry without a tag names every tag. */
function names({ image: wanted }: SuppressionEntry, image: string): boolean {
  return wanted !== undefined && (image === wanted || image.startsWith(`${wanted}:`));
}
