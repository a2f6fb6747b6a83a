import { splitImage } from '../image/splitImage.ts';

/**
 * How the tag or digest that is asked about stands to what a stack pulls, which is in `pulled`. `untagged`: none is asked about.
 * `by-tag`: a digest is, and the stack has a tag. `unknown`: what the stack pulls is not known.
 */
export type TagVerdict =
  | { readonly kind: 'same' | 'unknown' }
  | { readonly kind: 'untagged' | 'other-tag' | 'other-digest' | 'by-tag'; readonly pulled: string };

/** `pulled`: the reference that the stack pulls; `undefined`: not known. */
export function tagVerdict(asked: string, pulled: string | undefined): TagVerdict {
  if (pulled === undefined) return { kind: 'unknown' };
  const { tag, digest } = splitImage(asked);
  const has = splitImage(pulled);
  if (tag === undefined && digest === undefined)
    return { kind: 'untagged', pulled: has.tag ?? has.digest ?? '' };
  if (digest !== undefined && has.digest !== undefined) {
    if (digest === has.digest) return { kind: 'same' };
    return { kind: 'other-digest', pulled: has.digest };
  }
  if (tag !== undefined && has.tag !== undefined) {
    if (tag !== has.tag) return { kind: 'other-tag', pulled: has.tag };
    return { kind: 'same' };
  }
  if (digest !== undefined) return { kind: 'by-tag', pulled: has.tag ?? '' };
  return { kind: 'other-digest', pulled: has.digest ?? '' };
}
