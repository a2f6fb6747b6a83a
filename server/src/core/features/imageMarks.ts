import { whyOpen } from '../analysis/whyOpen.ts';
import { hiddenRewrite } from '../analysis/hiddenImages.ts';
import { isGone } from '../analysis/imageCounts.ts';
import { saidState } from '../analysis/imageState.ts';
import { sayOff } from '../analysis/sayOff.ts';
import { pulledReference, vouchedRetired, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainImage, isUncertainRepository } from '../analysis/uncertainImages.ts';
import type { RetiredFinding } from '../catalog/retired.ts';
import type { HiddenImage } from '../catalog/types.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import { hiddenTarget } from '../mirror/plan.ts';
import { verifiedImage, verificationOf } from '../mirror/verification.ts';
import type { Rewrite } from '../policy/rewrite.ts';
import { whatHappened } from '../rules/image/retiredText.ts';
import { isUnpinned } from '../rules/image/tagChanges.ts';
import type { VerifyState } from '../verify/types.ts';

/**
 * What there is to know about an image at a glance. `off`: it is not deployed. `missing`: a registry was asked, and does not have it as
 * wanted; `there`: it has. `hidden`: no value can change it.
 */
export type MarkKind =
  | 'off'
  | 'gone'
  | 'missing'
  | 'invalid'
  | 'unmapped'
  | 'ending'
  | 'hidden'
  | 'unknown'
  | 'unpinned'
  | 'there'
  | 'private'
  | 'accepted'
  | 'public';

export interface ImageMark {
  readonly kind: MarkKind;
  /** The same in words. */
  readonly said: string;
  /** Whether there is something to do about it. */
  readonly isProblem: boolean;
}

/** At least one; what matters most is first. */
export function imageMarks(view: StackView, entry: ImageEntry): readonly ImageMark[] {
  const place = placeMarks(view, entry);
  const off = sayOff(view, entry.component);
  if (off !== undefined) return [mark('off', off), ...place.map(({ kind, said }) => mark(kind, said))];
  const marks = ownMarks(view, entry, place);
  if (!isUncertainImage(view, entry)) return marks;
  const missing = mark('unknown', 'a layer that is missing here may set another');
  if (!isUncertainRepository(view, entry)) return [...marks, missing];
  return [missing, ...marks.map(({ kind, said }) => mark(kind, said))];
}

function ownMarks(view: StackView, entry: ImageEntry, place: readonly ImageMark[]): readonly ImageMark[] {
  const pulled = pulledReference(entry);
  return [
    ...retiredMarks(entry.retired),
    ...verifiedMarks(view, pulled),
    ...tagMarks(view, entry),
    ...place,
  ].toSorted(byWeight);
}

/** The same for an image that no value can change. */
export function hiddenMarks(view: StackView, image: HiddenImage): readonly ImageMark[] {
  const { reference, deployed, changedBy, component } = image;
  const { repository, tag } = splitImage(reference);
  const canonical = canonicalRepository(repository) ?? repository;
  const owner = view.catalog.componentAt(component);
  const fixed = changedBy === undefined ? 'no value can change it' : 'only valuesOverrides can change it';
  const hidden = mark('hidden', fixed);
  const off = owner === undefined ? 'not deployed' : sayOff(view, owner);
  if (off !== undefined) return [mark('off', off), hidden];
  if (deployed !== 'runtime') return [mark('off', rarely[deployed]), hidden];
  return [
    ...retiredMarks(vouchedRetired(view, canonical, tag)),
    ...verifiedMarks(view, verificationOf(view) && hiddenTarget(view, image)),
    hidden,
    mark(...hiddenOrigin(hiddenRewrite(view, image))),
  ].toSorted(byWeight);
}

const rarely: Readonly<Record<Exclude<HiddenImage['deployed'], 'runtime'>, string>> = {
  example: 'only pulled by an example',
  'opt-in': 'only pulled by a feature that is off',
  'not-run': 'never pulled, as far as known',
};

function mark(kind: MarkKind, said: string): ImageMark {
  return { kind, said, isProblem: false };
}

function problem(kind: MarkKind, said: string): ImageMark {
  return { kind, said, isProblem: true };
}

function byWeight(left: ImageMark, right: ImageMark): number {
  return Number(right.isProblem) - Number(left.isProblem);
}

function retiredMarks(retired: RetiredFinding | undefined): readonly ImageMark[] {
  if (retired === undefined) return [];
  return [problem(isGone(retired) ? 'gone' : 'ending', whatHappened(retired.entry, 1))];
}

function verifiedMarks(view: StackView, pulled: string | undefined): readonly ImageMark[] {
  const verified = pulled === undefined ? undefined : verifiedImage(view, pulled);
  return verified === undefined ? [] : [verifiedAs[verified.state]];
}

const verifiedAs: Readonly<Record<VerifyState, ImageMark>> = {
  there: mark('there', 'in the registry'),
  missing: problem('missing', 'missing from the registry'),
  'missing-or-denied': problem('missing', 'missing from the registry, or not allowed to be read'),
  hole: problem('missing', 'not complete in the registry'),
  different: problem('missing', 'other content than wanted in the registry'),
  'some-platforms': problem('missing', 'not in the registry for all platforms'),
  unreachable: mark('unknown', 'the registry was not reached'),
  unchecked: mark('unknown', 'not checked in the registry'),
};

function tagMarks(view: StackView, entry: ImageEntry): readonly ImageMark[] {
  const { templated, resolved, rendered, repository, canonical } = entry;
  if (entry.hasBrokenOverrides === true) return [mark('unknown', whyOpen(entry))];
  if (templated) return [mark('unknown', 'filled in by another tool')];
  if (repository === undefined && rendered === undefined) return [mark('off', 'no image')];
  if (canonical === undefined) return [problem('invalid', 'not a valid image')];
  if (resolved.kind === 'literal') return [problem('invalid', 'without a usable tag')];
  if (isUnpinned(view, entry)) return [mark('unpinned', 'tag left to deploy time')];
  if (resolved.kind === 'unknown') return [mark('unknown', 'tag not known')];
  return [];
}

function placeMarks(view: StackView, entry: ImageEntry): readonly ImageMark[] {
  const { canonical, rewrite } = entry;
  if (canonical === undefined) return [];
  if (saidState(view, entry) === 'unknown')
    return [mark('unknown', 'not known to be private or public, there is no registry policy')];
  switch (rewrite?.kind) {
    case 'private':
      return [mark('private', 'private')];
    case 'accepted':
      return [mark('accepted', 'accepted as public')];
    case 'rewritten':
      return [problem('unmapped', 'public, although the registry policy maps it')];
    case 'invalid':
      return [problem('unmapped', 'public, and the registry policy cannot map it')];
    case 'unmapped':
      return [mark('public', 'public, no rule of the registry policy maps it')];
    case undefined:
      return [mark('public', 'public')];
  }
}

function hiddenOrigin(rewrite: Rewrite | undefined): [MarkKind, string] {
  if (rewrite?.kind === 'private') return ['private', 'private'];
  if (rewrite?.kind === 'accepted') return ['accepted', 'accepted as public'];
  return ['public', 'public'];
}
