import { canonicalRepository } from '../../image/repository.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import { upstreamOf } from '../../policy/reverse.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import type { Layer } from '../../stack/layer.ts';
import { isShared, keyPath, textPath } from './rewriteChanges.ts';
import type { Change } from '../../findings/finding.ts';

/** Whether null or "" is at the value, written or by default; 0 and false are tags of a wrong type. */
export function isUnsetText(value: EffectiveValue | undefined): boolean {
  const node = value?.winner.node;
  return node?.kind === 'scalar' && (node.type === 'null' || node.value === '');
}

/** Whether the tag is left to deploy time, and what is put in is known not to exist in the repository. */
export function pullsUnpublished(view: StackView, entry: ImageEntry): boolean {
  const { resolved, canonical, image } = entry;
  if (resolved.kind !== 'known' || resolved.unpublished !== true || canonical === undefined) return false;
  const original = textAt(view, `${image.path}.repository`);
  const known = [original, image.repository.fallback].filter(text => text !== undefined);
  const upstream = view.policy && upstreamOf(view.policy, canonical, known);
  return original !== undefined && (upstream ?? canonical) === canonicalRepository(original);
}

/** Whether a deployed image is private, and its tag is only chosen at deploy time. */
export function isUnpinned(view: StackView, entry: ImageEntry): boolean {
  const { resolved } = entry;
  if (!entry.enabled || entry.templated || entry.form !== 'map' || entry.state !== 'private') return false;
  // A layer that is not to be had may set the tag.
  if (!isUnsetText(entry.keys.tag) || view.isUncertain(`${entry.path}.tag`)) return false;
  if (pullsUnpublished(view, entry)) return false;
  if (resolved.kind === 'unknown') return resolved.reason !== 'absent';
  return resolved.kind === 'known' && resolved.from === 'rule';
}

/** The release's own text at a value path; `undefined` when it is not a text or empty. */
export function textAt({ catalog }: StackView, path: string): string | undefined {
  const value = catalog.defaultAt(path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Sets a tag in the layer that wrote the repository, or in the stronger one that says that there is no tag. `otherwise`:
 * the layer for an image whose repository no layer sets. `undefined`: there is no such layer, or no safe edit.
 */
export function setTag(
  view: StackView,
  entry: ImageEntry,
  tag: string,
  otherwise?: Layer,
): Change | undefined {
  // What a text of `valuesOverrides` says wins over all that can be written.
  if (entry.keys.tag?.winner.inText !== undefined) return undefined;
  const writer = entry.keys.repository?.winner.layer;
  const wanted = [writer?.file === undefined ? otherwise : writer, entry.keys.tag?.winner.layer];
  const layer = view.stack.layers.findLast(candidate => wanted.includes(candidate));
  const path = textPath(keyPath(view, entry, 'tag'));
  if (layer === undefined || isShared(layer, path)) return undefined;
  return { kind: 'set', layer, path, value: tag };
}

/** The other images whose tag is that of this one, as long as they have none of their own. */
export function tagFollowers({ images }: StackView, { image }: ImageEntry): readonly ImageEntry[] {
  const own = `${image.path}.tag`;
  return images.filter(
    other =>
      other.image !== image &&
      (other.image.tag.renderedFrom === own || other.resolved.parts.some(({ path }) => path === own)),
  );
}
