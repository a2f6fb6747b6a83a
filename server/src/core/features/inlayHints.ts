import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainImage } from '../analysis/uncertainImages.ts';
import { changesToFileEdits } from '../fixes/edits.ts';
import { pinChanges } from '../fixes/pinTags.ts';
import { soundEdits } from '../fixes/sound.ts';
import { keyPath, textPath } from '../rules/image/rewriteChanges.ts';
import { isUnsetText } from '../rules/image/tagChanges.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { TextEdit } from '../text/edit.ts';
import { withoutLogins } from '../text/logins.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { touches, type Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { writtenSpan } from '../yaml/writtenSpan.ts';
import { tagLine } from './imageHover.ts';
import { lines, mark, plain } from './markdown.ts';
import { missingLine } from './missingLine.ts';

/** What is shown beside the text of a file, which does not have it. */
export interface InlayHint {
  /** Of the real file. */
  readonly offset: number;
  readonly label: string;
  /** `tag`: in place of one that is open. `repository`: the end of the reference that begins there. */
  readonly after: 'tag' | 'repository';
  /** The values that it is in, and the image: finds the hint again. */
  readonly id: HintId;
}

export interface HintId {
  readonly uri: string;
  readonly path: string;
}

export interface HintDetails {
  /** Markdown. */
  readonly tooltip: string;
  /** Write into the same file what the hint says; empty where that is not known for sure, or has no safe edit. */
  readonly edits: readonly TextEdit[];
}

/** The tags that are pulled wherever a file leaves one open, or names a repository whose tag another layer or the release sets. */
export function inlayHints(snapshot: Snapshot, uri: string, span: Span): readonly InlayHint[] {
  const file = snapshot.file(uri);
  if (file === undefined) return [];
  return [file, ...snapshot.hostedIn(uri)].flatMap(text => hintsIn(snapshot, text, span));
}

/** What is too much for each hint in sight. `undefined`: the hint is gone. */
export function inlayHintDetails(snapshot: Snapshot, { uri, path }: HintId): HintDetails | undefined {
  const view = snapshot.viewsByChoice(uri)[0];
  const entry = view?.images.find(image => image.path === path);
  if (view === undefined || entry === undefined) return undefined;
  const { guess, release } = view.stack;
  const taken = guess === undefined ? undefined : mark`taken for deployKF ${plain(release)}`;
  const missing = isUncertainImage(view, entry) ? missingLine(view) : undefined;
  const tooltip = lines([tagLine(view, entry), missing, taken]).text;
  return { tooltip, edits: pinEdits(snapshot, uri, view, entry) };
}

function hintsIn(snapshot: Snapshot, text: ValuesFile, span: Span): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const entry of snapshot.viewsByChoice(text.uri)[0]?.images ?? []) {
    const tag = pulledTag(entry);
    const place = tag === undefined ? undefined : placeIn(text, entry);
    if (tag === undefined || place === undefined) continue;
    const end = endOf(text, place.say);
    const offset = text.host?.embedding.toOuter({ start: end, end }).end ?? end;
    const label = place.after === 'tag' ? tag.slice(1) : tag;
    const id = { uri: text.uri, path: entry.path };
    if (touches(span, offset)) hints.push({ offset, label, after: place.after, id });
  }
  return hints.sort((a, b) => a.offset - b.offset);
}

const longest = 80;

/** With the mark before it. `undefined`: none is pulled, or it is not known. */
function pulledTag({
  form,
  enabled,
  templated,
  resolved,
  rendered,
  repository,
}: ImageEntry): string | undefined {
  if (form !== 'map' || !enabled || templated || resolved.kind !== 'known') return undefined;
  if (rendered === undefined || repository === undefined) return undefined;
  return printable(shortened(withoutLogins(rendered.slice(repository.length)), longest));
}

interface HintPlace {
  readonly after: InlayHint['after'];
  readonly say: Contribution;
}

/** `undefined`: the text shows the tag itself, or what it has is also that of other images. */
function placeIn(text: ValuesFile, { keys: { tag, repository } }: ImageEntry): HintPlace | undefined {
  if (isOf(text, tag)) return isUnsetText(tag) ? { after: 'tag', say: tag.winner } : undefined;
  if (isOf(text, repository)) return { after: 'repository', say: repository.winner };
  return undefined;
}

function isOf(text: ValuesFile, value: EffectiveValue | undefined): value is EffectiveValue {
  return value?.winner.layer.file === text && !value.winner.inherited;
}

/** After the value, or after the colon where none is written. */
function endOf({ source }: ValuesFile, { written, pair }: Contribution): number {
  const { start, end } = writtenSpan(source, written);
  if (end > start || pair === undefined) return end;
  return source.text.indexOf(':', pair.key.span.end) + 1;
}

function pinEdits(snapshot: Snapshot, uri: string, view: StackView, entry: ImageEntry): readonly TextEdit[] {
  const file = snapshot.file(uri);
  const host = file?.host?.file.uri ?? uri;
  const path = textPath(keyPath(view, entry, 'tag')).join('.');
  const pin = pinChanges(snapshot, host).find(
    change => change.kind === 'set' && change.layer.file === file && change.path.join('.') === path,
  );
  if (pin === undefined) return [];
  const edits = soundEdits(snapshot, changesToFileEdits(snapshot, [pin]));
  return edits.flatMap(edit => edit.edits);
}
