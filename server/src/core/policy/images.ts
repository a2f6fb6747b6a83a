import { isUnset, printFloat } from '../catalog/print.ts';
import { retiredImage, type RetiredFinding } from '../catalog/retired.ts';
import {
  resolveReference,
  resolveRepository,
  resolveTag,
  type ResolvedTag,
  type ResolvedText,
} from '../catalog/tagRules.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage, Component, Retired } from '../catalog/types.ts';
import { normalizeReference, printReference, printRepository } from '../image/reference.ts';
import { splitImage } from '../image/splitImage.ts';
import type { Effective, EffectiveValue } from '../stack/effective.ts';
import { rewriteRepository, type Rewrite } from './rewrite.ts';
import type { ImageState } from './state.ts';
import type { RegistryPolicy } from './types.ts';

/** One image of a stack, as it is deployed. The items of a list are images of their own. */
export interface ImageEntry {
  /** The value path; an item's ends in its index, such as `….options[0]`. */
  readonly path: string;
  readonly form: 'map' | 'string' | 'item';
  readonly image: CatalogImage;
  readonly component: Component;
  readonly enabled: boolean;
  /** What stands at the path: the map, string or item. */
  readonly at: EffectiveValue;
  /** Form `map`: what stands at its keys; `undefined` when no layer has the key. */
  readonly keys: {
    readonly repository: EffectiveValue | undefined;
    readonly tag: EffectiveValue | undefined;
    readonly pullPolicy: EffectiveValue | undefined;
  };
  /** The repository as effective, without tag; `undefined` when nothing usable is there. */
  readonly repository: string | undefined;
  /** The tag as written in the effective value; `undefined` when it is left to deploy time. */
  readonly tag: string | undefined;
  readonly resolved: ResolvedTag;
  /** What the templates write, also when it is illegal; `undefined` when nothing is rendered or it cannot be known. */
  readonly rendered: string | undefined;
  /** The canonical `registry/path`; `undefined` when illegal or unknown. */
  readonly canonical: string | undefined;
  /** Text that some other tool fills in, such as `{{ … }}` or `${…}`: left alone and said to be unknown. */
  readonly templated: boolean;
  readonly state: ImageState;
  /** What the policy makes of it; `undefined` without a policy or a legal repository. */
  readonly rewrite: Rewrite | undefined;
  readonly retired: RetiredFinding | undefined;
}

/** What the images of a stack are made of; a `StackView` is one. */
export interface ImageContext {
  readonly catalog: CatalogIndex;
  readonly effective: Effective;
  readonly policy: RegistryPolicy | undefined;
  readonly retired: readonly Retired[];
  isEnabled(component: Component): boolean;
}

/** Every image value of the view's release, items of lists one by one, in the catalog's order. */
export function imageEntries(view: ImageContext): readonly ImageEntry[] {
  return view.catalog.catalog.images.flatMap(image => {
    const component = view.catalog.componentAt(image.component);
    const at = view.effective.at(image.path);
    if (component === undefined || at === undefined) return [];
    const part = { view, image, component, at };
    if (image.form === 'map') return [mapEntry(part)];
    return image.form === 'string' ? [textEntry(part, image.path)] : itemEntries(part);
  });
}

interface Part {
  readonly view: ImageContext;
  readonly image: CatalogImage;
  readonly component: Component;
  readonly at: EffectiveValue;
}

function itemEntries(part: Part): readonly ImageEntry[] {
  const { node } = part.at.winner;
  if (node.kind !== 'seq') return [];
  return node.items.flatMap((_, index) => {
    const path = `${part.image.path}[${index}]`;
    const at = part.view.effective.at(path);
    return at === undefined ? [] : [textEntry({ ...part, at }, path)];
  });
}

function mapEntry(part: Part): ImageEntry {
  const { view, image, at } = part;
  const keys = {
    repository: view.effective.at(`${image.path}.repository`),
    tag: view.effective.at(`${image.path}.tag`),
    pullPolicy: view.effective.at(`${image.path}.pullPolicy`),
  };
  const templated = [at, keys.repository, keys.tag].some(isTemplated);
  const effective = (path: string): ReturnType<typeof view.effective.value> => view.effective.value(path);
  const repository = resolveRepository(image.repository, effective(`${image.path}.repository`));
  const resolved = withFloat(resolveTag(image, effective), keys.tag);
  const tagText = tagTextOf(resolved);
  const repositoryText = repository.kind === 'known' || repository.kind === 'literal' ? repository.text : undefined;
  const isMap = at.winner.node.kind === 'map';
  return finish(part, {
    path: image.path,
    form: 'map',
    keys,
    repository: repository.kind === 'known' ? repository.text : undefined,
    tag:
      isSet(keys.tag) && resolved.kind !== 'unknown' && (resolved.kind === 'literal' || resolved.from === 'value')
        ? tagText
        : undefined,
    resolved,
    rendered:
      isMap && repositoryText !== undefined && tagText !== undefined ? `${repositoryText}:${tagText}` : undefined,
    templated,
  });
}

function textEntry(part: Part, path: string): ImageEntry {
  const { image, at } = part;
  const { node } = at.winner;
  const value = node.kind === 'scalar' ? node.value : undefined;
  const text = resolveReference(image.tag, value);
  const whole = text.kind === 'known' ? text.text : undefined;
  const parts = whole === undefined ? undefined : splitImage(whole);
  const tag = parts?.tag ?? parts?.digest;
  return finish(part, {
    path,
    form: image.form === 'list' ? 'item' : 'string',
    keys: { repository: undefined, tag: undefined, pullPolicy: undefined },
    repository: parts?.repository,
    tag,
    resolved: textTag(text, tag),
    rendered: whole ?? (text.kind === 'literal' ? text.text : undefined),
    templated: isTemplated(at),
  });
}

function textTag(text: ResolvedText, tag: string | undefined): ResolvedTag {
  if (text.kind === 'unknown') return { ...text, parts: [] };
  if (text.kind !== 'known') return { kind: 'literal', text: text.kind === 'literal' ? text.text : '', parts: [] };
  if (tag !== undefined) return { kind: 'known', tag, from: text.from, parts: [] };
  return { kind: 'known', tag: 'latest', from: 'rule', parts: [] };
}

type Draft = Pick<ImageEntry, 'path' | 'form' | 'keys' | 'repository' | 'tag' | 'resolved' | 'rendered' | 'templated'>;

function finish({ view, image, component, at }: Part, draft: Draft): ImageEntry {
  const reference =
    draft.templated || draft.repository === undefined ? undefined : normalizeReference(draft.repository).reference;
  const isPlain = reference !== undefined && reference.tag === undefined && reference.digest === undefined;
  const canonical = isPlain ? printRepository(reference) : undefined;
  const rewrite =
    canonical === undefined || view.policy === undefined ? undefined : rewriteRepository(view.policy, canonical);
  const tag = draft.resolved.kind === 'known' ? draft.resolved.tag : undefined;
  // Field by field: a spread makes objects that are slow and ten times as large, and there are many.
  return {
    path: draft.path,
    form: draft.form,
    keys: draft.keys,
    repository: draft.repository,
    tag: draft.tag,
    resolved: draft.resolved,
    rendered: draft.rendered,
    templated: draft.templated,
    image,
    component,
    at,
    enabled: view.isEnabled(component),
    canonical,
    rewrite,
    state: rewrite?.kind === 'private' || rewrite?.kind === 'accepted' ? rewrite.kind : 'public',
    retired: canonical === undefined ? undefined : retiredImage(view.retired, canonical, tag),
  };
}

/** What is pulled, canonical where it is legal: `docker.io/library/mysql:8.0.37`. `undefined`: nothing, or unknown. */
export function pulledReference(entry: ImageEntry): string | undefined {
  if (entry.rendered === undefined) return undefined;
  const { reference } = normalizeReference(entry.rendered);
  return reference === undefined ? entry.rendered : printReference(reference);
}

/** Whether a value is filled in by another tool before deployKF sees it. */
export function isTemplated(value: EffectiveValue | undefined): boolean {
  if (value === undefined || value.winner.layer.file === undefined) return false;
  const { node, layer } = value.winner;
  if (node.kind === 'scalar') return typeof node.value === 'string' && /\{\{|\$\{/.test(node.value);
  return node.kind === 'map' && node.flow && layer.file?.text.startsWith('{{', node.span.start) === true;
}

/** A number as it was read: YAML's floats keep an exponent that whole numbers do not have. */
function withFloat(resolved: ResolvedTag, tag: EffectiveValue | undefined): ResolvedTag {
  const node = tag?.winner.node;
  if (resolved.kind !== 'known' || resolved.from !== 'value' || node?.kind !== 'scalar') return resolved;
  return node.type === 'float' && typeof node.value === 'number'
    ? { ...resolved, tag: printFloat(node.value) }
    : resolved;
}

function tagTextOf(resolved: ResolvedTag): string | undefined {
  if (resolved.kind === 'unknown') return undefined;
  return resolved.kind === 'known' ? resolved.tag : resolved.text;
}

function isSet(value: EffectiveValue | undefined): boolean {
  const node = value?.winner.node;
  return node !== undefined && (node.kind !== 'scalar' || !isUnset(node.value));
}
