import type { StackView } from '../analysis/stackView.ts';
import { vouchedRetired } from '../analysis/images.ts';
import { workingRewrite } from '../analysis/workingRewrite.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { shownPart } from '../redaction/redactValue.ts';
import { whatHappened } from '../rules/image/retiredText.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import { hasTemplate } from '../stack/templated.ts';
import { withoutLogins } from '../text/logins.ts';
import { distinct, textSuggestion, type Suggestion } from './suggestion.ts';

/** A text that a layer has, and which. */
export interface SaidText {
  readonly text: string;
  /** Such as `in prod.yaml` or `default`. */
  readonly from: string;
}

/** An image that a layer names. */
export interface SaidImage {
  readonly repository: string;
  /** Its tag or digest with the mark before it, where it is in the same text. */
  readonly suffix: string;
  /** `undefined`: not known. */
  readonly tag: string | undefined;
  readonly from: string;
}

/** What layers say at a path, the strongest first, as far as it may be shown. */
export function saidTexts(value: EffectiveValue | undefined): readonly SaidText[] {
  return (value?.all ?? []).flatMap(part => saidText(part) ?? []);
}

/** The same of the items of lists. */
export function saidItems(value: EffectiveValue | undefined): readonly SaidText[] {
  return (value?.all ?? []).flatMap(({ node, layer, inherited }) => {
    if (node.kind !== 'seq') return [];
    return node.items.flatMap(
      item => saidText({ layer, written: item, node: item, pair: undefined, inherited }) ?? [],
    );
  });
}

function saidText(part: Contribution): SaidText | undefined {
  const { node, layer } = part;
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') return undefined;
  const isShown = shownPart(part) === node.value && withoutLogins(node.value, 'whole') === node.value;
  if (!isShown || hasTemplate(node.value)) return undefined;
  return { text: node.value, from: layer.file === undefined ? 'default' : `in ${layer.label}` };
}

/** An image of one text. */
export function saidReference({ text, from }: SaidText): SaidImage {
  const { repository, repositoryEnd, tag } = splitImage(text);
  return { repository, suffix: text.slice(repositoryEnd), tag, from };
}

/** Where the policy puts the images first, then what takes the place of those that are gone, then themselves. */
export function imageOffers(view: StackView, images: readonly SaidImage[]): readonly Suggestion[] {
  const targets: Suggestion[] = [];
  const replacements: Suggestion[] = [];
  const own: Suggestion[] = [];
  for (const { repository, suffix, tag, from } of images) {
    const canonical = canonicalRepository(repository);
    if (canonical === undefined) continue;
    const retired = vouchedRetired(view, canonical, tag);
    const rewrite = workingRewrite(view, canonical, retired, suffix)?.rewrite;
    if (rewrite?.kind === 'rewritten')
      targets.push(offer(rewrite.repository + suffix, `by the rule for "${rewrite.rule.source}"`));
    const isReplaced = retired?.replacement !== undefined && (suffix === '' || retired.sameTag);
    if (isReplaced)
      replacements.push(offer(`${retired.replacement}${suffix}`, `takes the place of ${canonical}`));
    const state = retired === undefined ? '' : `, ${whatHappened(retired.entry, 1)}`;
    own.push(offer(repository + suffix, from + state));
  }
  return distinct([...targets, ...replacements, ...own]);
}

function offer(text: string, detail: string): Suggestion {
  return textSuggestion(text, 'image', detail);
}
