import { normalizeReference } from '../../image/reference.ts';
import { tagProblems } from '../../image/referenceProblems.ts';
import { splitImage, type SplitImage } from '../../image/splitImage.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { partSpan } from '../../yaml/scalarPart.ts';
import type { Contribution } from '../../stack/effective.ts';
import { reportAt, userSay, writtenLocation } from '../../findings/location.ts';
import { holdsEverywhere, mayBeShared } from './everywhere.ts';
import { isShared, keyPath, rewriteWritten, textPath } from './rewriteChanges.ts';
import { setTag as setTagBeside, tagFollowers } from './tagChanges.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** A tag or a digest inside a `repository`. */
export const imageRepositoryHasTag: ImageRule = {
  subject: 'image',
  code: 'image-repository-has-tag',
  severity: 'error',
  doc: {
    summary: 'A tag or a digest inside `repository`',
    why: [
      'deployKF joins `repository` and `tag` with a `:`. A tag in the repository results in two tags,',
      'such as `dex:v1:v2`, which no container runtime accepts. The tag has its own key; a digest',
      'goes after it: `tag: v1@sha256:…`.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/dex:v2.40.0\n',
    good: [
      'deploykf_core:',
      '  deploykf_auth:',
      '    images:',
      '      dex:',
      '        repository: registry.example.com/dex',
      '        tag: v2.40.0',
      '',
    ].join('\n'),
    fix: [
      'Moves the tag to its own key. Where a values file also sets another tag, you choose which one to',
      'keep. A digest goes after the tag, which you choose where no values file has one.',
    ].join('\n'),
  },
  check: checkEntry,
};

function checkEntry(entry: ImageEntry, view: StackView): readonly Report[] {
  const value = entry.keys.repository;
  const node = value?.winner.node;
  if (value === undefined || entry.templated || node?.kind !== 'scalar' || typeof node.value !== 'string')
    return [];
  const image = splitImage(node.value.trimEnd());
  if (isSplitDigest(entry, image)) return [];
  const place = writtenLocation(view, value);
  if (place === undefined || (image.tag === undefined && image.digest === undefined)) return [];
  const { written, layer } = value.winner;
  const part = { start: image.repositoryEnd, end: node.value.trimEnd().length };
  const span = written.kind === 'scalar' ? partSpan(layer.file?.text ?? '', written, part) : place.span;
  return reportAt(
    { uri: place.uri, span },
    {
      message: messageOf(entry, image),
      path: `${entry.path}.repository`,
      fixes: fixesOf(view, entry, value.winner, image),
    },
  );
}

/** `…@sha256` with the rest of the digest as the tag, which together are a valid reference. */
function isSplitDigest({ rendered }: ImageEntry, { digest = '' }: SplitImage): boolean {
  if (!/^sha(?:256|512)$/.test(digest) || rendered === undefined) return false;
  return normalizeReference(rendered).reference?.digest !== undefined;
}

function messageOf({ rendered, resolved }: ImageEntry, { tag, digest }: SplitImage): string {
  const outcome = rendered === undefined ? '' : `, so the image "${rendered}" is not valid`;
  if (tag === '' && digest === undefined) return `The repository ends in ":"${outcome}: remove it`;
  if (digest === undefined) return `The repository contains a tag${outcome}: move it to the tag`;
  if (tag !== undefined) return `The repository contains a tag and a digest${outcome}: move them to the tag`;
  const remedy =
    resolved.kind === 'known' ? 'move it after the tag' : 'set the tag, with the digest after it';
  return `The repository contains a digest${outcome}: ${remedy}`;
}

function fixesOf(view: StackView, entry: ImageEntry, part: Contribution, image: SplitImage): readonly Fix[] {
  if (image.digest !== undefined) return digestFixes(view, entry, part, image);
  const { tag = '', repository } = image;
  // `registry:5000` alone is more likely a registry without a path.
  if (!repository.includes('/') && /^\d+$/.test(tag)) return [];
  const own = ownTag(entry);
  if (tag === '' || (own === tag && !entry.isTagMisread))
    return split(view, entry, part, { repository, title: `Write ${repository}`, applies: 'all' });
  if (tagProblems(tag).length > 0) return [];
  if (own === undefined)
    return split(view, entry, part, {
      repository,
      tag,
      title: `Move the tag ${tag} to its own key`,
      applies: 'all',
    });
  return choices(view, entry, part, { repository, tag, own });
}

/** What a values file sets, unless that is null or "". */
function ownTag(entry: ImageEntry): string | undefined {
  return userSay(entry.keys.tag) && entry.tag;
}

interface Choice {
  readonly repository: string;
  readonly tag: string;
  /** The other one, which has a key of its own. */
  readonly own: string;
}

function choices(
  view: StackView,
  entry: ImageEntry,
  part: Contribution,
  { repository, tag, own }: Choice,
): readonly Fix[] {
  const keep = (text: string, written?: string): readonly Fix[] =>
    split(view, entry, part, {
      repository,
      title: `Keep the tag ${text}`,
      applies: 'choice',
      ...(written !== undefined && { tag: written }),
    });
  // Its own tag is not the one that is meant.
  if (entry.isTagMisread) return keep(tag, tag);
  return [...keep(tag, tag), ...keep(own)];
}

/** Where a values file has one tag and one digest, there is one way to write them. A tag that nobody wrote is only a choice. */
function digestFixes(
  view: StackView,
  entry: ImageEntry,
  part: Contribution,
  { repository, tag, digest = '' }: SplitImage,
): readonly Fix[] {
  const own = ownTag(entry);
  const { tag: withOwn, digest: ownDigest } = splitImage(`own:${own ?? ''}`);
  const known = entry.resolved.kind === 'known' && !entry.isTagMisread ? entry.resolved.tag : undefined;
  const name = tag ?? known?.split('@')[0];
  const text = `${name ?? ''}@${digest}`;
  if (name === undefined || tagProblems(text).length > 0) return [];
  const isOther = (tag ?? withOwn) !== withOwn || (ownDigest ?? digest) !== digest;
  if (own !== undefined && (isOther || entry.isTagMisread))
    return choices(view, entry, part, { repository, tag: text, own });
  const title =
    tag === undefined
      ? `Move the digest after the tag ${name}`
      : `Move the tag ${tag} and the digest to their own key`;
  const applies = tag === undefined && own === undefined ? 'choice' : 'all';
  return split(view, entry, part, { repository, title, applies, ...(text !== own && { tag: text }) });
}

interface Split {
  readonly repository: string;
  /** `undefined`: the tag stays as it is. */
  readonly tag?: string;
  readonly title: string;
  readonly applies: Fix['applies'];
}

/** All changes or none: half of them would be another image. */
function split(
  view: StackView,
  entry: ImageEntry,
  part: Contribution,
  { repository, tag, title, applies }: Split,
): readonly Fix[] {
  const shortened = rewriteWritten({ ...part, written: part.node, pair: undefined }, repository);
  const sharers = sharersOf(view, entry, part);
  const isChoice = sharers.length > 1 && sharers.some(sharer => (ownTag(sharer) ?? tag) !== tag);
  if (shortened === undefined || sharers.length === 0 || isChoice) return [];
  if (tag === undefined) return [{ title, applies, changes: () => [shortened] }];
  const changes: Change[] = [shortened];
  for (const sharer of sharers) {
    const moved = setTag(view, sharer, part, tag);
    const kept = keptApart(view, sharer, part, tag);
    if (moved === undefined || kept === undefined) return [];
    changes.push(moved, ...kept);
  }
  return [{ title, applies, changes: () => changes }];
}

/** The images whose repository is the same text, by anchor and alias; empty where something else shows it, too. */
function sharersOf(view: StackView, entry: ImageEntry, part: Contribution): readonly ImageEntry[] {
  const isRepository = (image: ImageEntry): boolean => image.keys.repository?.winner.node === part.node;
  const sharers = view.images.filter(isRepository);
  const paths = new Set(sharers.map(sharer => keyPath(view, sharer, 'repository')));
  if (!holdsEverywhere(view, part, path => paths.has(path))) return [];
  return mayBeShared(part.layer) ? sharers : [entry];
}

/**
 * Images that take their tag from this one get it without the digest, which is that of another image. `undefined`: they cannot have one
 * of their own.
 */
function keptApart(
  view: StackView,
  entry: ImageEntry,
  { layer }: Contribution,
  text: string,
): readonly Change[] | undefined {
  const [tag = '', digest] = text.split('@');
  if (digest === undefined) return [];
  if (entry.image.tag.renderedFrom !== undefined) return undefined;
  const changes: Change[] = [];
  for (const follower of tagFollowers(view, entry)) {
    const change = setTagBeside(view, follower, tag, layer);
    if (follower.image.tag.renderedFrom !== undefined || change === undefined) return undefined;
    changes.push(change);
  }
  return changes;
}

/** In the layer that has the last word about the tag, else beside the repository. */
function setTag(
  view: StackView,
  entry: ImageEntry,
  repository: Contribution,
  tag: string,
): Change | undefined {
  const say = userSay(entry.keys.tag);
  if (say?.inText !== undefined) return undefined;
  const node = say?.written;
  if (node?.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) return undefined;
  const { layer } = say ?? repository;
  const steps = textPath(keyPath(view, entry, 'tag'));
  if (isShared(layer, steps)) return undefined;
  return { kind: 'set', layer, path: steps, value: tag };
}
