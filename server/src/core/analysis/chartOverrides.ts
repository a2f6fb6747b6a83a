import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import { isChartWithin } from '../catalog/chartVersions.ts';
import type { BareImage, CatalogImage, ChartImage } from '../catalog/types.ts';
import type { Part } from '../catalog/tagRules.ts';
import { isUnset, printAsGo } from '../go/print.ts';
import { Effective, type Contribution, type EffectiveValue } from '../stack/effective.ts';
import { isTemplated } from '../stack/templated.ts';
import { anchorsOf } from '../yaml/lookup.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';
import type { Value } from '../yaml/value.ts';

/** Where images look up what is at a value path; `Effective` is one. */
export interface ImageValues {
  at(path: string): EffectiveValue | undefined;
  value(path: string): Value | undefined;
}

/** One of the places where a chart reads an image, as the stack's `valuesOverrides` have it. */
export interface ChartPlace {
  /** The value path below `valuesOverrides`. */
  readonly path: string;
  readonly form: ChartImage['form'];
  /** What is at the path; `undefined` when the image value alone counts. */
  readonly value: EffectiveValue | undefined;
  /** The text that the chart puts before the repository; `undefined` when there is none. */
  readonly registry: EffectiveValue | undefined;
  /** What takes the place of the tag, after an `@`. */
  readonly digest: EffectiveValue | undefined;
  /** What the chart makes of a reference without a slash; `undefined`: there is nothing to complete, or it is not known. */
  readonly completed: CompletedImage | undefined;
}

/** A reference that a chart puts together. */
export interface CompletedImage {
  readonly text: string;
  /** The values that its tag is made of. */
  readonly parts: readonly Part[];
}

/** The places of one image, where its component has `valuesOverrides`; empty when it has none, as most stacks do. */
export function chartPlaces(
  catalog: CatalogIndex,
  image: CatalogImage,
  values: ImageValues,
): readonly ChartPlace[] {
  return chartFacts(catalog, image, values).map(fact => placeOf(fact, overridesPath(image), values));
}

/** Where the chart of an image reads it, by the chart's version; empty where its component has no `valuesOverrides`. */
export function chartFacts(
  catalog: CatalogIndex,
  image: CatalogImage,
  values: ImageValues,
): readonly ChartImage[] {
  const facts = catalog.memo(chartImagesByPath).get(image.path) ?? [];
  if (facts.length === 0) return [];
  const root = overridesPath(image);
  if (values.at(root)?.winner.node.kind !== 'map') return [];
  if (Object.keys(values.value(root) ?? {}).length === 0) return [];
  return facts.filter(({ chart }) => chart === undefined || isChartWithin(values.value(chart.path), chart));
}

function overridesPath({ component }: CatalogImage): string {
  return `${component}.valuesOverrides`;
}

/**
 * The values as a chart gets them where `valuesOverrides` are a text: what is in it counts, at the place of its key. `opaque`: a
 * template fills in part of a text that may set images, or it does not parse, so that nothing is known.
 */
export function withReadOverrides(
  catalog: CatalogIndex,
  image: CatalogImage,
  values: ImageValues,
): ImageValues | 'opaque' {
  if (!catalog.memo(chartImagesByPath).has(image.path)) return values;
  return withReadText(overridesPath(image), values);
}

/** The same for one value path of `valuesOverrides`. */
export function withReadText(root: string, values: ImageValues): ImageValues | 'opaque' {
  const text = values.at(root)?.winner;
  if (text?.node.kind !== 'scalar' || typeof text.node.value !== 'string') return values;
  const { documents, problems } = parseYaml(text.node.value);
  const [first] = documents;
  if (text.node.value.includes('{{') || problems.length > 0)
    return /image|registry|hub/i.test(text.node.value) ? 'opaque' : values;
  if (first?.root?.kind !== 'map') return values;
  const inner = new Effective([{ ...text.layer, root: first.root, anchors: anchorsOf(first.root) }]);
  const place = { kind: 'seq' as const, items: [], flow: true, span: (text.pair?.key ?? text.written).span };
  return {
    at: (path: string) => {
      if (path !== root && !path.startsWith(`${root}.`)) return values.at(path);
      const found = inner.at(path.slice(root.length + 1));
      return found && atPlace(found, contribution => inPlaceOf(contribution, text, place));
    },
    value: (path: string) => {
      if (path !== root && !path.startsWith(`${root}.`)) return values.value(path);
      return inner.value(path.slice(root.length + 1));
    },
  };
}

/** Whether `valuesOverrides` are neither a map, nor nothing, nor a text with one of these: what a template fills in may be any. */
export function holdsNoMap(value: EffectiveValue | undefined): boolean {
  const node = value?.winner.node;
  if (node === undefined || node.kind === 'map' || node.kind === 'alias' || isTemplated(value)) return false;
  if (node.kind === 'seq') return true;
  if (typeof node.value !== 'string') return node.value !== null;
  if (node.value.includes('{{')) return false;
  const { documents, problems } = parseYaml(node.value);
  const root = documents[0]?.root;
  const isNothing = root === undefined || (root.kind === 'scalar' && root.value === null);
  return problems.length > 0 || !(isNothing || root.kind === 'map');
}

/** What a text says, shown at the place of its key: its own spans mean nothing in the file. */
function inPlaceOf(said: Contribution, text: Contribution, place: YamlNode): Contribution {
  const node = { ...said.node, span: place.span };
  return { ...said, written: place, node, pair: undefined, inText: { text, written: said.written } };
}

/** A value below `valuesOverrides`. */
export interface OverrideValue {
  readonly path: string;
  readonly value: EffectiveValue;
}

/** The one pull policy that `valuesOverrides` give all images of a chart; `undefined`: none, or it is not known. */
export function chartPullPolicy(
  catalog: CatalogIndex,
  image: CatalogImage,
  values: ImageValues,
): OverrideValue | undefined {
  const paths = (catalog.memo(chartImagesByPath).get(image.path) ?? []).flatMap(
    fact => fact.pullPolicies ?? [],
  );
  const known = paths.length === 0 ? 'opaque' : withReadOverrides(catalog, image, values);
  if (known === 'opaque') return undefined;
  for (const keys of paths) {
    const path = [overridesPath(image), ...keys].join('.');
    const value = known.at(path);
    if (value !== undefined) return { path, value };
  }
  return undefined;
}

function atPlace(
  { winner, parts, all }: EffectiveValue,
  move: (contribution: Contribution) => Contribution,
): EffectiveValue {
  return { winner: move(winner), parts: parts.map(move), all: all.map(move) };
}

function chartImagesByPath({ catalog }: CatalogIndex): ReadonlyMap<string, readonly ChartImage[]> {
  const facts = new Map<string, ChartImage[]>();
  for (const fact of catalog.chartImages) {
    const path = `${fact.component}.images.${fact.image}`;
    const known = facts.get(path);
    if (known === undefined) facts.set(path, [fact]);
    else known.push(fact);
  }
  return facts;
}

function placeOf(fact: ChartImage, root: string, values: ImageValues): ChartPlace {
  const path = [root, ...fact.keys].join('.');
  const registry = (fact.registries ?? [])
    .map(keys => values.at([root, ...keys].join('.')))
    .find(value => value?.winner.node.kind === 'scalar' && !isUnset(value.winner.node.value));
  const digest = fact.digest === true ? values.at(`${path}.digest`) : undefined;
  const value = values.at(path);
  return {
    path,
    form: fact.form,
    value,
    registry,
    digest: isText(digest) ? digest : undefined,
    completed: fact.bare && value && completedName(fact.bare, value, root, values),
  };
}

/** Only of a plain name: with a tag of its own, the chart makes no reference of it. */
function completedName(
  bare: BareImage,
  value: EffectiveValue,
  root: string,
  values: ImageValues,
): CompletedImage | undefined {
  const first = (paths: readonly (readonly string[])[]): PrintedPart | undefined => {
    for (const keys of paths) {
      const path = [root, ...keys].join('.');
      const part = printedPart(path, values.at(path));
      if (part !== undefined) return part;
    }
    return undefined;
  };
  const own = printedPart('', value)?.text;
  if (own?.includes('/') !== false) return undefined;
  const name = bare.name === undefined ? own : first([bare.name])?.text;
  const ownTag = first(bare.tags);
  const tagPart = ownTag ?? printedPart(bare.version, values.at(bare.version));
  const tag = ownTag === undefined ? tagPart?.text.replace(/^v/, '') : ownTag.text;
  const variantPart = first(bare.variants);
  const variant = variantPart?.text;
  if (name === undefined || tag === undefined || !/^[\w.-]+$/.test(name)) return undefined;
  // Whether a variant takes the place of another depends on who puts the reference together.
  if (variant !== undefined && /-(?:distroless|debug)$/.test(tag)) return undefined;
  const hub = first(bare.hubs)?.text ?? bare.hub;
  const parts = [tagPart, variantPart].flatMap(part => part?.part ?? []);
  return { text: `${hub}/${name}:${tag}${variant === undefined ? '' : `-${variant}`}`, parts };
}

interface PrintedPart {
  readonly part: Part;
  readonly text: string;
}

/** A value that templates take for set, as they print it. */
function printedPart(path: string, found: EffectiveValue | undefined): PrintedPart | undefined {
  const node = found?.winner.node;
  if (node?.kind !== 'scalar' || isUnset(node.value)) return undefined;
  return { part: { path, value: node.value }, text: printAsGo(node.value) };
}

function isText(value: EffectiveValue | undefined): boolean {
  const node = value?.winner.node;
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '';
}

/** Whether something at the place counts instead of the image value. */
export function isOverridden({ value, registry }: ChartPlace): boolean {
  return value !== undefined || registry !== undefined;
}

/**
 * The values with those of a chart's place over those of the image value, and with what overrides make of other images, which a
 * chart may fall back to.
 */
export function overlaid(
  catalog: CatalogIndex,
  values: ImageValues,
  image: CatalogImage,
  place: ChartPlace,
): ImageValues {
  const source = (path: string): string => {
    const inPlace = placeOfPath(catalog, path, { [image.path]: place.path });
    return inPlace === undefined || values.at(inPlace) === undefined ? path : inPlace;
  };
  return { at: path => values.at(source(path)), value: path => values.value(source(path)) };
}

/** Where a chart reads the key of an image value; `undefined` for any other path. */
function placeOfPath(
  catalog: CatalogIndex,
  path: string,
  places: { readonly [imagePath: string]: string },
): string | undefined {
  const end = path.lastIndexOf('.');
  const imagePath = path.slice(0, end);
  const known = places[imagePath];
  if (known !== undefined) return known + path.slice(end);
  const fact = catalog.memo(chartImagesByPath).get(imagePath)?.[0];
  if (fact?.form !== 'map') return undefined;
  return [fact.component, 'valuesOverrides', ...fact.keys].join('.') + path.slice(end);
}
