import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Change, Fix } from '../../findings/finding.ts';
import { anchoredLocation } from '../../findings/location.ts';
import type { Contribution, EffectiveValue } from '../../stack/effective.ts';
import type { TextEdit } from '../../text/edit.ts';
import { formatText } from '../../yaml/format.ts';
import { printPath } from '../../yaml/nodes.ts';
import { shownIn } from '../../stack/shownIn.ts';
import { replaceValue } from '../../yaml/write.ts';
import { isShownElsewhere, mayBeShared } from './everywhere.ts';
import {
  keyPath,
  repositoryValue,
  rewriteWritten,
  withRepository,
  writeRepository,
} from './rewriteChanges.ts';

/**
 * Gives a written image another repository where its text is. Empty: the text is elsewhere (alias, merge key), is not a
 * scalar, or shows at other places too that are not to have the same.
 */
export function rewriteImage(view: StackView, entry: ImageEntry, repository: string): readonly Change[] {
  const value = repositoryValue(entry);
  const { registry, repository: rest } = entry.keys;
  if (value === undefined || isMisreadText(entry)) return [];
  if (registry !== undefined && rest !== undefined) {
    // Each part alone may stand for anything elsewhere.
    if (isShownElsewhere(registry.winner) || isShownElsewhere(rest.winner)) return [];
  } else if (!isRightEverywhere(view, entry, value.winner, repository)) return [];
  if (value.winner.inherited) return rewriteAnchored(view, entry, value, repository);
  return writeRepository(entry, repository);
}

/** Whether a whole reference would be written with a tag that nobody meant. */
function isMisreadText({ form, isTagMisread }: ImageEntry): boolean {
  return form !== 'map' && isTagMisread;
}

/** Text that an alias brings is changed where it is, if nothing but images has it from there. */
function rewriteAnchored(
  view: StackView,
  entry: ImageEntry,
  value: EffectiveValue,
  repository: string,
): readonly Change[] {
  if (entry.keys.registry !== undefined || anchoredLocation(view, value) === undefined) return [];
  const change = rewriteWritten({ ...value.winner, inherited: false }, withRepository(entry, repository));
  return change === undefined ? [] : [change];
}

/** The fixes that rewrite an image: at its text, at the anchor of its alias, or in place of the alias. */
export function rewriteFixes(view: StackView, entry: ImageEntry, repository: string): readonly Fix[] {
  const part = repositoryValue(entry)?.winner;
  if (part === undefined || isMisreadText(entry)) return [];
  const newText = withRepository(entry, repository);
  const isAlias = part.written.kind === 'alias' && entry.keys.registry === undefined;
  if (isAlias) return aliasFixes(view, entry, part, repository);
  const changes = rewriteImage(view, entry, repository);
  if (changes.length === 0) return [];
  return [{ title: `Rewrite to ${newText}`, applies: 'all', changes: () => changes }];
}

function aliasFixes(
  view: StackView,
  entry: ImageEntry,
  part: Contribution,
  repository: string,
): readonly Fix[] {
  const { layer, written, node } = part;
  const newText = withRepository(entry, repository);
  if (written.kind !== 'alias' || layer.file === undefined) return [];
  const home = homeOf(view, part);
  const isEverywhere = isRightEverywhere(view, entry, part, repository);
  if (isEverywhere && home === 'unknown' && node.anchor === written.name) {
    const change = rewriteWritten({ ...part, written: node, pair: undefined }, newText);
    const title = `Rewrite &${written.name} to ${newText}`;
    if (change !== undefined) return [{ title, applies: 'all', changes: () => [change] }];
  }
  const edit = aliasEdit(part, newText);
  if (part.inherited || edit === undefined || home === 'unclear') return [];
  const { uri } = layer.file;
  return [
    {
      title: `Replace *${written.name} with ${newText}`,
      // Where the anchor gets a fix of its own, the alias follows it.
      applies: isEverywhere && home === 'image' ? 'choice' : 'all',
      changes: () => [{ kind: 'edit', uri, edits: [edit] }],
    },
  ];
}

function aliasEdit({ layer, pair, written }: Contribution, newText: string): TextEdit | undefined {
  if (pair === undefined) return { span: written.span, newText: formatText(newText, 'plain') };
  return layer.file && replaceValue(pair, newText, layer.file.source);
}

/**
 * What is where the anchor is: an image that is deployed from there, nothing that deployKF knows, or something else.
 * `unclear`: what the alias stands for cannot be told.
 */
function homeOf(view: StackView, { layer, node }: Contribution): 'image' | 'unknown' | 'other' | 'unclear' {
  const [path] = shownIn(layer, node) ?? [];
  if (path === undefined) return 'unclear';
  const image = imageAt(view, printPath(path));
  if (image?.enabled === true && repositoryValue(image)?.winner.written === node) return 'image';
  if (image === undefined && view.catalog.defaultAt(path) === undefined) return 'unknown';
  return 'other';
}

/** Whether all other places that show the text are images, and are to have the same repository. */
function isRightEverywhere(
  view: StackView,
  entry: ImageEntry,
  { layer, node }: Contribution,
  repository: string,
): boolean {
  if (!mayBeShared(layer)) return true;
  const places = shownIn(layer, node);
  if (places === undefined) return false;
  if (places.length === 1) return true;
  const newText = withRepository(entry, repository);
  const own = writtenPath(view, entry);
  return places.every((place, index) => {
    const path = printPath(place);
    if (path === own) return true;
    const image = imageAt(view, path);
    // The first is where the text is: what deployKF does not know there is only a place to write it.
    if (image === undefined) return index === 0 && view.catalog.defaultAt(place) === undefined;
    return isAlike(image, entry) && withRepository(image, repository) === newText;
  });
}

function imageAt(view: StackView, path: string): ImageEntry | undefined {
  return view.images.find(image => path === writtenPath(view, image));
}

function writtenPath(view: StackView, entry: ImageEntry): string {
  return entry.form === 'map' ? keyPath(view, entry, 'repository') : entry.path;
}

/** Whether policy and time make the same of two images. */
function isAlike(left: ImageEntry, right: ImageEntry): boolean {
  return left.repository === right.repository && targetOf(left) === targetOf(right);
}

function targetOf({ rewrite, retired }: ImageEntry): string {
  const target = rewrite?.kind === 'rewritten' ? rewrite.repository : rewrite?.kind;
  return [target, retired?.replacement, retired?.sameTag].join('\0');
}
