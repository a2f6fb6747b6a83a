import { isUnset, printAsGo, printFloat } from '../go/print.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import {
  resolveReference,
  resolveRepository,
  resolveTag,
  type ResolvedTag,
  type ResolvedText,
} from '../catalog/tagRules.ts';
import type { CatalogImage } from '../catalog/types.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import type { EffectiveValue } from '../stack/effective.ts';
import { hasTemplate, isTemplated } from '../stack/templated.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import { brokenOverrides } from './brokenOverrides.ts';
import {
  chartPlaces,
  holdsNoMap,
  isOverridden,
  overlaid,
  withReadOverrides,
  type ChartPlace,
  type CompletedImage,
  type ImageValues,
} from './chartOverrides.ts';

/** What the values alone make of an image: neither the policy nor the component counts. */
export interface ImageDraft {
  /** The value path; an item's ends in its index, such as `….options[0]`. */
  readonly path: string;
  readonly form: 'map' | 'string' | 'item';
  readonly image: CatalogImage;
  /** What is at the path: the map, string or item. */
  readonly value: EffectiveValue;
  /** Form `map`: what is at its keys; `undefined` when no layer has the key. */
  readonly keys: {
    readonly repository: EffectiveValue | undefined;
    readonly tag: EffectiveValue | undefined;
    readonly pullPolicy: EffectiveValue | undefined;
    /** What a chart puts before the repository, set by `valuesOverrides`; a part of `repository` below. */
    readonly registry?: EffectiveValue | undefined;
  };
  /** The value path below `valuesOverrides` that counts in place of the image value; `undefined` mostly. */
  readonly override?: string | undefined;
  /** The repository as effective, without tag; `undefined` when nothing usable is there. */
  readonly repository: string | undefined;
  /** The tag as written in the effective value; `undefined` when it is left to deploy time. */
  readonly tag: string | undefined;
  readonly resolved: ResolvedTag;
  /**
   * What the templates write, even when it is invalid; `undefined` when nothing is rendered or it cannot be
   * known.
   */
  readonly rendered: string | undefined;
  /** The canonical `registry/path`; `undefined` when invalid or unknown. */
  readonly canonical: string | undefined;
  /** Text that some other tool fills in, such as `{{ … }}` or `${…}`: left alone and said to be unknown. */
  readonly templated: boolean;
  /** `templated` only since `valuesOverrides` are not what deployKF or the chart takes, so that it is not known what is pulled. */
  readonly hasBrokenOverrides?: boolean | undefined;
  /** Such text is in more than the tag: where the image comes from is unknown, too. */
  readonly isRepositoryTemplated: boolean;
  /** The tag is made of a number, boolean or date that is not printed as it is written: what is pulled is not what is meant. */
  readonly isTagMisread: boolean;
}

/**
 * One draft, or one per item of a list; none where no layer has the path. Where `valuesOverrides` make other images of
 * some places of a chart, one for each image.
 */
export function draftsOf(
  catalog: CatalogIndex,
  image: CatalogImage,
  values: ImageValues,
): readonly ImageDraft[] {
  const at = values.at(image.path);
  if (at === undefined) return [];
  if (image.form === 'string') return [textDraft(image, at, image.path)];
  if (image.form === 'list') return itemDrafts(image, at, values);
  const read = withReadOverrides(catalog, image, values);
  if (read === 'opaque') {
    const hasBrokenOverrides = holdsNoMap(values.at(`${image.component}.valuesOverrides`));
    return [{ ...mapDraft(image, at, values), ...opaque, hasBrokenOverrides }];
  }
  if (brokenOverrides(catalog, image, read).length > 0)
    return [{ ...mapDraft(image, at, values), ...opaque, hasBrokenOverrides: true }];
  const places = chartPlaces(catalog, image, read);
  const drafts = places.map(place => placeDraft(image, at, place, overlaid(catalog, read, image, place)));
  const [first, ...others] = drafts.filter(
    (draft, index) => drafts.findIndex(({ rendered }) => rendered === draft.rendered) === index,
  );
  if (first === undefined) return [mapDraft(image, at, values)];
  return [{ ...first, path: image.path }, ...others];
}

/** Overrides that a template fills in may set anything; of broken ones it is not known what Helm makes. */
const opaque = { templated: true, isRepositoryTemplated: true, canonical: undefined, rendered: undefined };

/** The image as a chart reads it at one of its places. */
function placeDraft(
  image: CatalogImage,
  at: EffectiveValue,
  place: ChartPlace,
  values: ImageValues,
): ImageDraft {
  const override = isOverridden(place) ? place.path : undefined;
  if (place.form === 'reference') return referenceDraft(image, at, place, values);
  const draft = mapDraft(image, at, values, place);
  return { ...draft, path: place.path, override };
}

/** A chart of Istio takes the text as a whole; without a `/` it puts other values around it. */
function referenceDraft(
  image: CatalogImage,
  at: EffectiveValue,
  { path, value, completed }: ChartPlace,
  values: ImageValues,
): ImageDraft {
  if (value === undefined) return { ...mapDraft(image, at, values), path };
  const draft = textDraft(image, value, path);
  if (completed !== undefined && !draft.templated)
    return { ...draft, ...completedDraft(completed, values), override: path };
  const isWhole = draft.rendered?.includes('/') === true;
  if (isWhole) return { ...draft, override: path };
  const resolved: ResolvedTag = { kind: 'unknown', reason: 'no-rule', parts: [] };
  return { ...draft, override: path, resolved, rendered: undefined, canonical: undefined };
}

/** What a chart put together of several values, written out. */
function completedDraft(
  { text: rendered, parts }: CompletedImage,
  values: ImageValues,
): Pick<
  ImageDraft,
  'repository' | 'tag' | 'resolved' | 'rendered' | 'canonical' | 'templated' | 'isTagMisread'
> {
  const { repository, tag } = splitImage(rendered);
  const templated = hasTemplate(rendered);
  return {
    repository,
    tag,
    resolved: { kind: 'known', tag: tag ?? '', from: 'rule', parts },
    rendered,
    canonical: canonicalOf(repository, hasTemplate(repository)),
    templated,
    isTagMisread: parts.some(({ path }) => isMisread(values.at(path))),
  };
}

function itemDrafts(image: CatalogImage, list: EffectiveValue, values: ImageValues): readonly ImageDraft[] {
  const { node } = list.winner;
  if (node.kind !== 'seq') return [];
  return node.items.flatMap((_, index) => {
    const path = `${image.path}[${index}]`;
    const at = values.at(path);
    if (at === undefined) return [];
    return [textDraft(image, at, path)];
  });
}

function mapDraft(
  image: CatalogImage,
  at: EffectiveValue,
  values: ImageValues,
  { registry, digest }: Partial<ChartPlace> = {},
): ImageDraft {
  const keys = {
    repository: values.at(`${image.path}.repository`),
    tag: digest === undefined ? values.at(`${image.path}.tag`) : undefined,
    pullPolicy: values.at(`${image.path}.pullPolicy`),
    registry,
  };
  const isRepositoryTemplated = [at, keys.repository, registry].some(isTemplated);
  const written = resolveRepository(image.repository, values.value(`${image.path}.repository`));
  const text = withRegistry(registry, written);
  const resolved =
    digestTag(digest) ??
    withFloat(
      resolveTag(image, path => values.value(path)),
      keys.tag,
    );
  const repository = text.kind === 'known' ? text.text : undefined;
  const isMap = at.winner.node.kind === 'map';
  return {
    path: image.path,
    form: 'map',
    image,
    value: at,
    keys,
    repository,
    tag: writtenTag(keys.tag, resolved),
    resolved,
    rendered: isMap ? renderedMap(text, resolved, digest === undefined ? ':' : '@') : undefined,
    templated: isRepositoryTemplated || [keys.tag, digest].some(isTemplated),
    isRepositoryTemplated,
    isTagMisread: resolved.parts.some(({ path }) => isMisread(values.at(path))),
    canonical: canonicalOf(repository, isRepositoryTemplated),
  };
}

/** Whether a number, boolean or date is not printed as it is written. */
export function isMisread(value: EffectiveValue | undefined): boolean {
  const node = value?.winner.node;
  if (node?.kind !== 'scalar' || node.type === 'string' || node.type === 'null') return false;
  return printNode(node) !== node.source;
}

function writtenTag(tag: EffectiveValue | undefined, resolved: ResolvedTag): string | undefined {
  if (!isSet(tag) || (resolved.kind === 'known' && resolved.from !== 'value')) return undefined;
  return tagTextOf(resolved);
}

function renderedMap(repository: ResolvedText, tag: ResolvedTag, mark: ':' | '@'): string | undefined {
  if (repository.kind !== 'known' && repository.kind !== 'literal') return undefined;
  const tagText = tagTextOf(tag);
  if (tagText === undefined) return undefined;
  return `${repository.text}${mark}${tagText}`;
}

function withRegistry(registry: EffectiveValue | undefined, repository: ResolvedText): ResolvedText {
  const text = textOf(registry);
  if (text === undefined || (repository.kind !== 'known' && repository.kind !== 'literal')) return repository;
  return { ...repository, text: `${text}/${repository.text}` };
}

function digestTag(digest: EffectiveValue | undefined): ResolvedTag | undefined {
  const tag = textOf(digest);
  return tag === undefined ? undefined : { kind: 'known', tag, from: 'value', parts: [] };
}

function textOf(value: EffectiveValue | undefined): string | undefined {
  const node = value?.winner.node;
  return node?.kind === 'scalar' ? printAsGo(node.value) : undefined;
}

function canonicalOf(repository: string | undefined, isTemplate: boolean): string | undefined {
  if (isTemplate || repository === undefined) return undefined;
  return canonicalRepository(repository);
}

function textDraft(image: CatalogImage, at: EffectiveValue, path: string): ImageDraft {
  const text = resolveReference(image.tag, textOrNull(image, at));
  const rendered = text.kind === 'known' || text.kind === 'literal' ? text.text : undefined;
  const parts = text.kind === 'known' ? splitImage(text.text) : undefined;
  const tag = parts?.tag ?? parts?.digest;
  const templated = isTemplated(at);
  const isRepositoryTemplated = templated && !isInTag(text.kind === 'known' ? text.text : '');
  return {
    path,
    form: image.form === 'list' ? 'item' : 'string',
    image,
    value: at,
    keys: { repository: undefined, tag: undefined, pullPolicy: undefined },
    repository: parts?.repository,
    tag,
    resolved: textTag(text, tag),
    rendered,
    templated,
    isRepositoryTemplated,
    isTagMisread: false,
    canonical: canonicalOf(parts?.repository, isRepositoryTemplated),
  };
}

/** A value that a program reads as YAML is an image only as a string: it does not print numbers as the templates do. */
function textOrNull(
  { reader }: CatalogImage,
  { winner: { node } }: EffectiveValue,
): YamlScalar['value'] | undefined {
  if (node.kind !== 'scalar') return undefined;
  const isPrinted = reader === undefined || node.value === null || typeof node.value === 'string';
  return isPrinted ? node.value : undefined;
}

/** Whether all that another tool fills in of a reference is its tag or digest. */
function isInTag(reference: string): boolean {
  const { repository, repositoryEnd } = splitImage(reference);
  return hasTemplate(reference.slice(repositoryEnd)) && !hasTemplate(repository);
}

function textTag(text: ResolvedText, tag: string | undefined): ResolvedTag {
  if (text.kind === 'unknown') return { ...text, parts: [] };
  if (text.kind === 'literal') return { kind: 'literal', text: text.text, parts: [] };
  if (text.kind === 'none') return { kind: 'literal', text: '', parts: [] };
  if (tag !== undefined) return { kind: 'known', tag, from: text.from, parts: [] };
  return { kind: 'known', tag: 'latest', from: 'rule', parts: [] };
}

/** YAML's floats keep an exponent that whole numbers do not have. */
function printNode({ type, value }: YamlScalar): string {
  if (type === 'float' && typeof value === 'number') return printFloat(value);
  return printAsGo(value);
}

/** A number as it was read. */
function withFloat(resolved: ResolvedTag, tag: EffectiveValue | undefined): ResolvedTag {
  const node = tag?.winner.node;
  if (resolved.kind !== 'known' || resolved.from !== 'value' || node?.kind !== 'scalar') return resolved;
  if (node.type !== 'float') return resolved;
  return { ...resolved, tag: printNode(node) };
}

function tagTextOf(resolved: ResolvedTag): string | undefined {
  if (resolved.kind === 'unknown') return undefined;
  if (resolved.kind === 'known') return resolved.tag;
  return resolved.text;
}

function isSet(value: EffectiveValue | undefined): boolean {
  const node = value?.winner.node;
  return node !== undefined && (node.kind !== 'scalar' || !isUnset(node.value));
}
