import { pulledReference, type ImageEntry } from '../../analysis/images.ts';
import { retiredUpstream, type RetiredUpstream } from '../../analysis/retiredUpstream.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { hasDigest } from '../../analysis/workingRewrite.ts';
import type { RetiredFinding } from '../../catalog/retired.ts';
import type { Component } from '../../catalog/types.ts';
import { reportAt, writtenLocation, type ReportLocation } from '../../findings/location.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import { defaultRewrites, rewriteReplacement } from '../../analysis/defaultRewrites.ts';
import { canonicalRepository } from '../../image/repository.ts';
import { verifiedImage } from '../../mirror/verification.ts';
import { joinRepositories, whatHappened } from './retiredText.ts';
import { imageLabel, repositoryValue } from './rewriteChanges.ts';
import { rewriteImage } from './rewriteImage.ts';

/** An image in the private registry whose upstream is gone. */
interface Mirrored extends RetiredUpstream {
  readonly entry: ImageEntry;
  readonly place: ReportLocation;
  readonly vouched: Vouched;
}

/** `seen`: the registry was asked, and has the image. `renamed`: a rule names the replacement for just this image. */
type Vouched = 'seen' | 'renamed' | undefined;

/** Private images that the mirror may not hold, and that their upstreams cannot fill it with any more: one report per fate. */
export function mirroredReports(view: StackView, component: Component): readonly Report[] {
  const byFate = new Map<string, Mirrored[]>();
  for (const mirrored of view.imagesOf(component).flatMap(entry => mirroredImage(view, entry) ?? [])) {
    const { entry: fact, replacement, sameTag } = mirrored.retired;
    const fate = [
      mirrored.place.uri,
      whatHappened(fact, 1),
      fact.note,
      sameTag,
      replacement === undefined,
      mirrored.vouched,
    ].join('\0');
    byFate.set(fate, [...(byFate.get(fate) ?? []), mirrored]);
  }
  return [...byFate.values()].flatMap(images => reportGroup(view, component, images));
}

function mirroredImage(view: StackView, entry: ImageEntry): Mirrored | undefined {
  const value = repositoryValue(entry);
  if (!entry.enabled || value === undefined) return undefined;
  const found = retiredUpstream(view, entry);
  const place = writtenLocation(view, value);
  if (found === undefined || place === undefined) return undefined;
  return { ...found, entry, place, vouched: vouchedBy(view, entry, found.upstream, found.retired) };
}

function vouchedBy(
  view: StackView,
  entry: ImageEntry,
  upstream: string,
  { replacement }: RetiredFinding,
): Vouched {
  if (verifiedImage(view, pulledReference(entry) ?? '')?.state === 'there') return 'seen';
  if (replacement === undefined) return undefined;
  const path = replacement.slice(replacement.indexOf('/'));
  const isRenamed = view.policy?.rules.some(({ images }) => {
    const target = canonicalRepository(images[upstream] ?? '');
    return target !== undefined && target === entry.canonical && target.endsWith(path);
  });
  return isRenamed === true ? 'renamed' : undefined;
}

function reportGroup(view: StackView, component: Component, images: readonly Mirrored[]): readonly Report[] {
  const [first] = images;
  if (first === undefined) return [];
  const { retired, place, vouched } = first;
  const isOne = images.length === 1;
  const subject = isOne ? imageLabel(first.entry) : component.path;
  const upstreams = isOne ? sayUpstream(first) : joinRepositories(images.map(image => image.upstream));
  const happened = whatHappened(retired.entry, images.length);
  let fate = `${isOne ? 'its upstream' : 'the upstreams'} ${upstreams} ${happened}`;
  if (vouched === 'seen') fate = `the mirror holds ${upstreams}, which ${happened}`;
  const message = `${subject}: ${fate}; ${adviceFor(images, first)}`;
  const path = isOne ? first.entry.path : component.path;
  const fixes = fixesFor(view, images, retired);
  const severity = vouched === undefined ? 'warning' : 'info';
  return reportAt(place, { message, path, severity, fixes, images: images.map(sayUpstream) });
}

function sayUpstream({ upstream, tag }: Mirrored): string {
  return tag === undefined ? upstream : `${upstream}:${tag}`;
}

/** The mirror can only be filled from a place that has the tags. */
function adviceFor(images: readonly Mirrored[], { retired: { entry }, vouched }: Mirrored): string {
  const isOne = images.length === 1;
  const copies = isOne ? 'the copy that you have' : 'the copies that you have';
  let todo = `the mirror needs ${isOne ? 'a copy' : 'copies'} that you have`;
  if (vouched === 'seen') todo = `keep ${copies}`;
  const replacements = images.flatMap(({ retired }) => retired.replacement ?? []);
  if (replacements.length === 0) return `no replacement is known: ${todo}`;
  const places = joinRepositories(replacements, 3);
  const lack = entry.note === undefined ? '' : `, ${entry.note}`;
  if (!entry.sameTag) return `${places} ${isOne ? 'takes its place' : 'take their place'}${lack}: ${todo}`;
  return `${vouched === 'seen' ? 'it can be filled again' : 'fill the mirror'} from ${places}${lack}`;
}

/** `fix` leaves copies that may well work; in the editor the place that can be filled again comes first. */
function fixesFor(
  view: StackView,
  images: readonly Mirrored[],
  { entry, sameTag }: RetiredFinding,
): readonly Fix[] {
  if (!entry.sameTag) return [];
  const changes: Change[] = [];
  const targets: string[] = [];
  for (const image of images) {
    const target = targetOf(view, {
      canonical: image.upstream,
      retired: image.retired,
      rendered: image.entry.rendered,
    });
    if (target === undefined || target === image.entry.repository) continue;
    const own = rewriteImage(view, image.entry, target);
    if (own.length > 0) targets.push(target);
    changes.push(...own);
  }
  if (changes.length === 0) return [];
  const fix: Fix = {
    title: `Use ${joinRepositories(targets, 3)}`,
    applies: 'choice',
    changes: () => changes,
  };
  return sameTag ? [{ ...fix, isPreferred: true }] : [fix];
}

/** The repository to write: the replacement, or where the policy has it. `undefined`: there is none. */
export function targetOf(
  { catalog, policy }: StackView,
  { canonical, retired, rendered }: Pick<ImageEntry, 'canonical' | 'retired' | 'rendered'>,
): string | undefined {
  if (hasDigest(rendered)) return undefined;
  const replacement = retired?.replacement;
  if (policy === undefined || replacement === undefined) return replacement;
  const rewrite = rewriteReplacement(defaultRewrites(catalog, policy), policy, { canonical, replacement });
  if (rewrite.kind === 'rewritten') return rewrite.repository;
  return rewrite.kind === 'invalid' ? undefined : replacement;
}
