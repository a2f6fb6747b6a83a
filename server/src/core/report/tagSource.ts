import type { ResolvedTag } from '../catalog/tagRules.ts';
import type { ImageEntry } from '../analysis/images.ts';
import { isTemplated } from '../stack/templated.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';

/**
 * Where the tag that is pulled comes from. `values`: a layer of the user. `release`: the defaults. `rule`:
 * chart, template or kustomization put it in. `unknown`: none of these is certain.
 */
export type TagFrom = 'values' | 'release' | 'rule' | 'unknown';

export interface TagSource {
  readonly from: TagFrom;
  /** The tag that is pulled; `undefined` when it is unknown or nothing is there. */
  readonly tag: string | undefined;
  /** Who says it; `undefined` for a rule and for what is unknown. */
  readonly said: Contribution | undefined;
}

export function tagSource(view: StackView, entry: ImageEntry): TagSource {
  const { resolved } = entry;
  const value = entry.form === 'map' ? entry.keys.tag : entry.value;
  if (resolved.kind === 'unknown' || isTemplated(value) || entry.hasBrokenOverrides === true)
    return { from: 'unknown', tag: undefined, said: undefined };
  const tag = (resolved.kind === 'known' ? resolved.tag : resolved.text) || undefined;
  if (isByRule(entry, resolved)) return { from: 'rule', tag, said: undefined };
  const said = (saidElsewhere(view, entry) ?? value)?.winner;
  return { from: said?.layer.file === undefined ? 'release' : 'values', tag, said };
}

/** Where the templates write the tag of another path in its place. */
function saidElsewhere(view: StackView, { form, image, resolved }: ImageEntry): EffectiveValue | undefined {
  const last = resolved.parts.at(-1)?.path;
  if (form !== 'map' || last === undefined || last === `${image.path}.tag`) return undefined;
  return view.effective.at(last);
}

/** A text that a rule made from other values counts as the rule's, even when it is not a usable tag. */
function isByRule({ form, image }: ImageEntry, resolved: Exclude<ResolvedTag, { kind: 'unknown' }>): boolean {
  if (resolved.kind === 'known') return resolved.from === 'rule';
  return form === 'map' && !resolved.parts.some(part => part.path === `${image.path}.tag`);
}
