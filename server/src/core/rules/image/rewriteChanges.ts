import { splitImage } from '../../image/splitImage.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../../stack/effective.ts';
import type { Layer } from '../../stack/layer.ts';
import { isSealed } from '../../stack/sealed.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { SourceText } from '../../text/sourceText.ts';
import { isPlainSafe } from '../../yaml/format.ts';
import { findPath } from '../../yaml/lookup.ts';
import { parsePath, type Path, type YamlNode, type YamlScalar } from '../../yaml/nodes.ts';
import { replaceScalar, replaceValue } from '../../yaml/write.ts';
import type { Change } from '../../findings/finding.ts';

/** The image's name in messages: its key under `images`, or its value path within the component. */
export function imageLabel({ path, component, image }: ImageEntry): string {
  if (image.form !== 'map') return path.slice(component.path.length + 1);
  const name = image.path.slice(image.path.lastIndexOf('.') + 1);
  if (path === image.path) return name;
  return `${name} (${path.slice(component.path.length + '.valuesOverrides.'.length)})`;
}

/**
 * What names the repository: the key `repository`, or the registry that `valuesOverrides` put before it, the string or the
 * item. `undefined` when no layer has it.
 */
export function repositoryValue(entry: ImageEntry): EffectiveValue | undefined {
  if (entry.form === 'map') return entry.keys.registry ?? entry.keys.repository;
  return entry.value;
}

/** The value path of a key of an image of form `map`: within `valuesOverrides` where these have the key. */
export function keyPath({ effective }: StackView, { image, override }: ImageEntry, key: string): string {
  const inPlace = `${override ?? ''}.${key}`;
  if (override !== undefined && effective.at(inPlace) !== undefined) return inPlace;
  return `${image.path}.${key}`;
}

/**
 * Gives an image another repository where it is written, in its own style and with the smallest edits; a registry of its
 * own stays one. Empty: the text belongs elsewhere, or is not a scalar.
 */
export function writeRepository(entry: ImageEntry, repository: string): readonly Change[] {
  const { registry, repository: rest } = entry.keys;
  const value = repositoryValue(entry);
  if (value === undefined) return [];
  if (registry === undefined || rest === undefined) {
    const change = rewriteWritten(value.winner, withRepository(entry, repository));
    return change === undefined ? [] : [change];
  }
  const slash = repository.indexOf('/');
  const changes = [
    rewriteWritten(registry.winner, repository.slice(0, slash)),
    rewriteWritten(rest.winner, repository.slice(slash + 1)),
  ].filter(change => change !== undefined);
  return changes.length === 2 ? changes : [];
}

/** The image's value with another repository; tag and digest of strings and items stay. */
export function withRepository(entry: ImageEntry, repository: string): string {
  if (entry.form === 'map' || entry.rendered === undefined) return repository;
  return repository + entry.rendered.slice(splitImage(entry.rendered).repositoryEnd);
}

/** Whether the image is public by default, no layer says anything about that, and the policy knows where it should be. */
export function lacksOverride(entry: ImageEntry): boolean {
  const isDefault = repositoryValue(entry)?.winner.layer.file === undefined;
  return (
    entry.enabled &&
    !entry.isRepositoryTemplated &&
    isDefault &&
    entry.state === 'public' &&
    entry.rewrite?.kind === 'rewritten'
  );
}

/** The keys of a value path that goes through maps alone. */
export function textPath(path: string): readonly string[] {
  return parsePath(path).map(String);
}

/**
 * Whether what is written at a path also appears elsewhere: an alias shows the value that is there, or a map on the way to it. An alias in
 * the place of the value is only replaced.
 */
export function isShared({ file, root, anchors }: Layer, path: Path): boolean {
  if (file === undefined || !file.text.includes('&')) return false;
  const isAnchored = (node: YamlNode | undefined): boolean =>
    node?.anchor !== undefined && file.text.includes(`*${node.anchor}`);
  const isOnWay = path.some((_, depth) => {
    const found = findPath(root, path.slice(0, depth), anchors);
    return found?.pair?.value.kind === 'alias' || isAnchored(found?.node);
  });
  if (isOnWay) return true;
  const found = findPath(root, path, anchors);
  return found?.inherited === false && isAnchored(found.node);
}

/**
 * Gives a written image another text, in its own style and with the smallest edit. `undefined`: the text
 * belongs elsewhere (alias, merge key) or is not a scalar.
 */
export function rewriteWritten(part: Contribution, newText: string): Change | undefined {
  const { layer, written, inherited } = part;
  if (layer.file === undefined || isSealed(layer.file)) return undefined;
  if (inherited || written.kind !== 'scalar') return undefined;
  const { source, uri } = layer.file;
  const edit = repositoryEdit(source, written, newText) ?? scalarEdit(source, part, newText);
  return edit && { kind: 'edit', uri, edits: [edit] };
}

/** Touches only the repository where the rest of the text stays and the scalar shows its value as it is. */
function repositoryEdit(source: SourceText, node: YamlScalar, newText: string): TextEdit | undefined {
  if (node.style !== 'plain' && node.style !== 'single' && node.style !== 'double') return undefined;
  const quote = node.style === 'plain' ? 0 : 1;
  const start = node.span.start + quote;
  if (source.text.slice(start, node.span.end - quote) !== node.value) return undefined;
  const { repositoryEnd } = splitImage(node.value);
  const rest = node.value.slice(repositoryEnd);
  const repository = newText.slice(0, newText.length - rest.length);
  if (!newText.endsWith(rest) || (quote === 0 && !isPlainSafe(repository))) return undefined;
  return { span: { start, end: start + repositoryEnd }, newText: repository };
}

function scalarEdit(
  source: SourceText,
  { written, pair }: Contribution,
  newText: string,
): TextEdit | undefined {
  if (written.kind !== 'scalar') return undefined;
  if (written.style === 'literal' || written.style === 'folded') return blockEdit(source, written, newText);
  if (pair === undefined) return replaceScalar(written, newText);
  return replaceValue(pair, newText, source);
}

/** A block scalar becomes a plain one; `undefined` when a comment after its `|` would be lost. */
function blockEdit(source: SourceText, { span }: YamlScalar, newText: string): TextEdit | undefined {
  const text = source.text.slice(span.start, span.end).trimEnd();
  if (/^[^\n]*#/.test(text) || !isPlainSafe(newText)) return undefined;
  return { span: { start: span.start, end: span.start + text.length }, newText };
}
