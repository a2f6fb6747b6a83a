import { normalizeReference } from '../image/reference.ts';
import { splitImage } from '../image/splitImage.ts';
import type { Location, ValuesFile } from '../stack/valuesFile.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { Span } from '../text/span.ts';
import { formatText } from '../yaml/format.ts';
import { findPath, placeAt } from '../yaml/lookup.ts';
import type { YamlNode, YamlPair } from '../yaml/nodes.ts';
import { replaceValue } from '../yaml/write.ts';

/** A pasted image, taken apart for a `repository` and its `tag`. */
export interface PastedImage {
  /** Takes the place of what is selected. Lines after the first have the indentation of the line that it is in. */
  readonly text: string;
  /** What else changes. */
  readonly edits: readonly { readonly place: Location; readonly newText: string }[];
  /** Such as `docker.io/istio/proxyv2 and tag 1.18.0`. */
  readonly said: string;
}

/** Longer texts are not one image. */
const longestPasted = 1000;

/**
 * What a pasted image with a tag, such as that of `docker pull repository:tag@digest`, becomes at the `repository` of an image value: the
 * tag gets its own key. `span`: what the paste replaces. `undefined`: it is not one image with a tag, or not pasted as all of a repository.
 */
export function pastedImage(
  snapshot: Snapshot,
  uri: string,
  { start, end }: Span,
  pasted: string,
): PastedImage | undefined {
  const image = imageIn(pasted);
  const at = image && snapshot.textAt(uri, start);
  const view = at && snapshot.viewsByChoice(at.file.uri)[0];
  if (image === undefined || at === undefined || view === undefined) return undefined;
  const { file, offset } = at;
  const replaced = { start: offset, end: offset + end - start };
  // What is selected may begin with the blank before the value.
  const path = placeAt(file.root, replaced.end)?.path ?? [];
  const imagePath = path.slice(0, -1);
  if (path.at(-1) !== 'repository' || view.catalog.imageAt(imagePath)?.form !== 'map') return undefined;
  const repository = findPath(file.root, path, file.anchors);
  const holder = findPath(file.root, imagePath, file.anchors)?.node;
  if (repository?.pair === undefined || repository.inherited || holder?.kind !== 'map') return undefined;
  const inset = insetOf(file, repository.pair, replaced);
  if (inset === undefined) return undefined;
  const tag = image.digest === undefined ? image.tag : `${image.tag}@${image.digest}`;
  const said = `${image.repository} and tag ${image.tag}`;
  const blank = file.text.slice(replaced.start, repository.node.span.start);
  const text = blank + image.repository;
  const written = holder.pairs.find(({ key }) => key.source === 'tag');
  if (written !== undefined) {
    const edit = isOneScalar(written.value) ? replaceValue(written, tag, file.source) : undefined;
    if (edit === undefined) return undefined;
    return {
      text,
      edits: [{ place: file.locate(edit.span), newText: edit.newText }],
      said,
    };
  }
  const more = holder.flow ? `, tag: ${formatText(tag)}` : `\ntag: ${formatText(tag)}`;
  if (!holder.flow && !holdsLines(file, start)) return undefined;
  const { end: valueEnd } = repository.node.span;
  const after = holder.flow ? valueEnd : lineEnd(file.text, valueEnd);
  // What would be added where the paste goes to is pasted with it.
  if (inset === 0 && after === valueEnd) return { text: text + more, edits: [], said };
  const { character } = file.source.positionAt(repository.pair.key.span.start);
  const place = file.locate({ start: after, end: after });
  return {
    text,
    edits: [{ place, newText: more.replace('\n', `\n${' '.repeat(character + indentOf(file))}`) }],
    said,
  };
}

function lineEnd(text: string, from: number): number {
  const end = /\r?\n/.exec(text.slice(from));
  return end === null ? text.length : from + end.index;
}

/** Whether the text at an offset of the real file can have another line, as strings in quotes cannot. */
function holdsLines({ host }: ValuesFile, offset: number): boolean {
  if (host === undefined) return true;
  return !host.isShared && host.embedding.typingAt(offset)?.holdsLines === true;
}

/** What the real file has before each line. */
function indentOf(file: ValuesFile): number {
  if (file.host === undefined || file.map === undefined) return 0;
  const inner = file.source.positionAt(file.map.span.start).character;
  return file.locate(file.map.span).start.character - inner;
}

interface WholeImage {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
}

/** With the command or key that it is pasted with, and quotes. */
const pastedForm =
  /^(?:\$ )?(?:(?:sudo )?(?:docker|podman|nerdctl|crane|ctr images|crictl) pull |(?:- )?image: )?(["']?)([^\s"']+)\1$/;

function imageIn(pasted: string): WholeImage | undefined {
  if (pasted.length > longestPasted) return undefined;
  const text = pastedForm.exec(pasted.trim())?.[2];
  if (text === undefined || normalizeReference(text).reference === undefined) return undefined;
  const { repository, tag, digest } = splitImage(text);
  // `registry:5000` alone is a registry.
  if (tag === undefined || (!repository.includes('/') && /^\d+$/.test(tag))) return undefined;
  return { repository, tag, digest };
}

/** The length of the quote around what is replaced; `undefined`: something of the value would stay. */
function insetOf({ text }: ValuesFile, { value, key }: YamlPair, { start, end }: Span): 0 | 1 | undefined {
  if (value.kind !== 'scalar') return undefined;
  const written = text.slice(value.span.start, value.span.end);
  if (written === '')
    return start > key.span.end && text.slice(key.span.end + 1, start).trim() === '' ? 0 : undefined;
  const isWhole = start <= value.span.start && end >= value.span.end;
  if (isWhole) return 0;
  const isInQuotes = /^["']/.test(written) && start === value.span.start + 1 && end === value.span.end - 1;
  return isInQuotes ? 1 : undefined;
}

/** Anything but a scalar on one line is not ours to replace. */
function isOneScalar(value: YamlNode): boolean {
  if (value.kind !== 'scalar' || value.anchor !== undefined) return false;
  return value.style !== 'literal' && value.style !== 'folded';
}
