import { hiddenImages, hiddenRewrite } from './hiddenImages.ts';
import { pulledReference, type ImageEntry } from './images.ts';
import { isSealed } from '../stack/sealed.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { StackView } from './stackView.ts';
import { isUncertainRepository } from './uncertainImages.ts';

/** Why an image of a stack does not come from the private registry. */
export type LeftReason = 'hidden' | 'unmapped' | 'refused' | 'readOnly' | 'uncertain' | 'rewritable';

/** What of a stack cannot be pulled from its private registry, as references, each once. */
export interface LeftImages {
  /** Layers are not to be had: only what others cannot take back is counted. */
  readonly isPartial: boolean;
  /** Those that still come from public registries. */
  readonly public: Readonly<Record<LeftReason, ReadonlySet<string>>>;
  /** Those of the private registry whose tag is not known, or cannot be one. */
  readonly untagged: ReadonlySet<string>;
}

export interface LeftImagesOptions {
  /** Whether a file, by its URI, is to be changed at all. */
  readonly isWritable: (uri: string) => boolean;
  /** Whether the cluster itself pulls images that no value can change from where the policy puts them. */
  readonly redirectsHidden: boolean;
  /** Whether all lines of the stack's files are known; else those that are not may override defaults. */
  readonly isWhole: boolean;
}

/**
 * What the deployed components of a stack pull from elsewhere than its private registry and what the policy accepts.
 * `undefined`: there is no policy.
 */
export function leftImages(
  view: StackView,
  { isWritable, redirectsHidden, isWhole }: LeftImagesOptions,
): LeftImages | undefined {
  if (view.policy === undefined) return undefined;
  const left: Record<LeftReason, Set<string>> = {
    hidden: new Set(),
    unmapped: new Set(),
    refused: new Set(),
    readOnly: new Set(),
    uncertain: new Set(),
    rewritable: new Set(),
  };
  const untagged = new Set<string>();
  for (const entry of view.images) {
    if (!entry.enabled || entry.isRepositoryTemplated || isNothing(entry) || isOpen(view, entry)) continue;
    const name = pulledReference(entry) ?? entry.path;
    if (entry.state === 'public') left[reasonOf(entry, { isWritable, isWhole })].add(name);
    else if (entry.state === 'private' && !entry.templated && lacksTag(view, entry)) untagged.add(name);
  }
  for (const component of view.catalog.catalog.components) {
    if (!view.isEnabled(component) || view.isUncertain(component.enabledPath)) continue;
    for (const hidden of hiddenImages(view, component)) {
      const kind = hiddenRewrite(view, hidden)?.kind;
      const isRedirected = kind === 'rewritten' && redirectsHidden;
      if (kind !== 'accepted' && kind !== 'private' && !isRedirected) left.hidden.add(hidden.reference);
    }
  }
  return { isPartial: view.stack.missing !== undefined, public: left, untagged };
}

/** Nothing is rendered: there is no image. */
function isNothing({ resolved, form }: ImageEntry): boolean {
  return form !== 'map' && resolved.kind === 'literal' && resolved.text === '';
}

function lacksTag(view: StackView, { resolved, form, path }: ImageEntry): boolean {
  if (form === 'map' && view.isUncertain(`${path}.tag`)) return false;
  if (resolved.kind === 'unknown') return resolved.reason !== 'absent';
  return resolved.kind === 'literal';
}

/** Whether a layer that is not to be had may set another repository, or switch the component off. */
function isOpen(view: StackView, entry: ImageEntry): boolean {
  return isUncertainRepository(view, entry) || view.isUncertain(entry.component.enabledPath);
}

/** The file that says where the image comes from; `undefined` for a default. */
function fileOf({ form, keys, value }: ImageEntry): ValuesFile | undefined {
  const own = form === 'map' ? (keys.registry ?? keys.repository) : value;
  return own?.winner.layer.file;
}

function reasonOf(
  entry: ImageEntry,
  { isWritable, isWhole }: Pick<LeftImagesOptions, 'isWritable' | 'isWhole'>,
): LeftReason {
  const { rewrite } = entry;
  if (rewrite?.kind === 'unmapped') return 'unmapped';
  if (rewrite?.kind !== 'rewritten') return 'refused';
  const file = fileOf(entry);
  if (file === undefined && !isWhole) return 'uncertain';
  if (file !== undefined && (isSealed(file) || !isWritable(file.host?.file.uri ?? file.uri)))
    return 'readOnly';
  return 'rewritable';
}
