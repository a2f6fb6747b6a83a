import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { isForeign } from '../../analysis/writtenKeys.ts';
import type { Change } from '../../findings/finding.ts';
import type { Layer } from '../../stack/layer.ts';
import { isSealed } from '../../stack/sealed.ts';
import { findPath, resolved } from '../../yaml/lookup.ts';
import { shownIn } from '../../stack/shownIn.ts';
import type { Value } from '../../yaml/value.ts';
import { isShared, textPath, withRepository } from './rewriteChanges.ts';

/** Whether new values can be written into a layer: it holds a map, or nothing at all yet. */
export function isWritable({ file, root, within }: Layer): boolean {
  if (file === undefined || isSealed(file)) return false;
  if (root !== undefined) return true;
  return within === undefined && /^\uFEFF?(?:[ \t]*(?:#.*)?(?:\r?\n|$))*$/.test(file.text);
}

/** Writes the policy's targets of images without an override into a layer. A list is written whole, as it is replaced whole. */
export function addOverrides(
  view: StackView,
  layer: Layer,
  entries: readonly ImageEntry[],
): readonly Change[] {
  const values = new Map<string, Value>();
  for (const entry of entries) {
    if (entry.rewrite?.kind !== 'rewritten' || !isOverridable(view, layer, entry)) continue;
    values.set(pathToWrite(entry), overrideOf(view, entry, entry.rewrite.repository));
  }
  return [...values].flatMap(([text, value]) => {
    const path = overridePath(view, layer, textPath(text));
    return path === undefined ? [] : [{ kind: 'set', layer, path, value }];
  });
}

function overrideOf(view: StackView, entry: ImageEntry, repository: string): Value {
  if (entry.form === 'map') return repository;
  if (entry.form === 'string') return withRepository(entry, repository);
  return rewrittenList(view, entry.image.path);
}

/** Whether an override of an image can be added to a layer: not into a map that aliases use, too. */
export function isOverridable(view: StackView, layer: Layer, entry: ImageEntry): boolean {
  return isWritable(layer) && overridePath(view, layer, textPath(pathToWrite(entry))) !== undefined;
}

/** The value path that names the repository. */
function pathToWrite({ form, path, image }: ImageEntry): string {
  return { map: `${image.path}.repository`, string: path, item: image.path }[form];
}

/**
 * Where a layer can take a new value for a path: the path itself, or its place below a root key of the user that only one alias
 * brings there. `undefined`: the new key would also show elsewhere.
 */
export function overridePath(
  { catalog }: StackView,
  layer: Layer,
  path: readonly string[],
): readonly string[] | undefined {
  if (!isShared(layer, path)) return path;
  const { root, anchors } = layer;
  const depth = path.findIndex((_, index) => {
    const written = findPath(root, path.slice(0, index), anchors)?.pair?.value;
    return written?.kind === 'alias';
  });
  const found = findPath(root, path.slice(0, depth), anchors);
  const map = found?.pair && resolved(found.pair.value, anchors);
  if (depth < 0 || found?.inherited !== false || map?.kind !== 'map' || map.flow) return undefined;
  const [home, ...aliases] = shownIn(layer, map) ?? [];
  if (home === undefined || aliases.length !== 1 || !isForeign(catalog, layer, map)) return undefined;
  const rest = path.slice(depth);
  const isOwn = rest.every((_, index) => {
    const below = findPath(map, rest.slice(0, index), anchors);
    return (
      index === 0 ||
      below === undefined ||
      (!below.inherited && below.node === below.pair?.value && below.node.anchor === undefined)
    );
  });
  return isOwn ? [...home.map(String), ...rest] : undefined;
}

function rewrittenList(view: StackView, path: string): readonly Value[] {
  const value = view.effective.value(path);
  const items: readonly Value[] = Array.isArray(value) ? value : [];
  const entries = new Map(view.images.map(entry => [entry.path, entry]));
  return items.map((item, index) => {
    const entry = entries.get(`${path}[${index}]`);
    if (entry !== undefined && !entry.isRepositoryTemplated && entry.rewrite?.kind === 'rewritten')
      return withRepository(entry, entry.rewrite.repository);
    return item;
  });
}
