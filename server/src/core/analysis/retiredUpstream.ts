import type { RetiredFinding } from '../catalog/retired.ts';
import { vouchedRetired, type ImageEntry } from './images.ts';
import type { StackView } from './stackView.ts';
import { upstreamFinder } from './upstreams.ts';

/** What a private image is a copy of, which is gone, going, or has moved. */
export interface RetiredUpstream {
  readonly upstream: string;
  /** `undefined`: it is not known. */
  readonly tag: string | undefined;
  readonly retired: RetiredFinding;
}

/** `undefined` for images that are not private, and where the upstream is well or not known. */
export function retiredUpstream(view: StackView, entry: ImageEntry): RetiredUpstream | undefined {
  const { canonical, resolved, templated, state } = entry;
  if (state !== 'private' || canonical === undefined) return undefined;
  if (resolved.kind === 'literal' && !templated) return undefined;
  const upstream = view.memo(upstreamFinder)(canonical);
  if (upstream === undefined) return undefined;
  const tag = resolved.kind === 'known' && !templated ? resolved.tag : undefined;
  const retired = vouchedRetired(view, upstream, tag);
  return retired && { upstream, tag, retired };
}
