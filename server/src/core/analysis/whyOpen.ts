import type { ImageDraft } from './imageDraft.ts';

/** Why it is not known what a `templated` image pulls, a sentence without its end. */
export function whyOpen({ hasBrokenOverrides }: Pick<ImageDraft, 'hasBrokenOverrides'>): string {
  return hasBrokenOverrides === true
    ? 'its valuesOverrides are not what the chart takes'
    : 'another tool fills it in';
}
