import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage } from '../catalog/types.ts';
import type { Layer } from '../stack/layer.ts';
import { partsOf } from '../stack/fileParts.ts';
import { encloses } from '../text/span.ts';
import { isMergeKey, resolved } from '../yaml/lookup.ts';
import { keyText, type YamlMap, type YamlNode, type YamlPair } from '../yaml/nodes.ts';
import type { PlacedPart } from '../yaml/textPart.ts';
import { isRecord, type Value } from '../yaml/value.ts';

/** A key that a user wrote in one layer, and what the release has at its path. */
export interface WrittenKey {
  readonly layer: Layer;
  readonly uri: string;
  readonly pair: YamlPair;
  readonly path: readonly string[];
  /** The path as it is written in messages. */
  readonly printed: string;
  /** The default at the path; `undefined` when the release does not have it. */
  readonly expected: Value | undefined;
  /**
   * The default of the section that the key is in; `undefined` when the release does not have the section.
   */
  readonly section: Value | undefined;
  /**
   * The release leaves open what is here: an empty map or a list is the default of this path or of one above.
   */
  readonly isOpen: boolean;
  /** The image value that is at the path or contains it. */
  readonly image: CatalogImage | undefined;
  /**
   * The text is below a root key that is not deployKF's, from where an alias brings it to the path: only there, or `shared` with
   * others or by a merge key, so that what nothing reads here may be read elsewhere. `undefined`: it is at the path itself.
   */
  readonly anchored: 'once' | 'shared' | undefined;
}

/** What of a key is the same wherever an edit moves it: all except the spans of its nodes. */
export type KeyContent = Omit<WrittenKey, 'layer' | 'uri'>;

/**
 * Whether a key is one of those that are looked for. It may look at nothing else, and at no span: for a part of a text that
 * stays the same it is not asked again.
 */
export type KeyTest = (key: KeyContent, catalog: CatalogIndex) => boolean;

/**
 * Every key that the layers hold in their own text, outer keys first. Aliases and merge keys are followed only to text below a
 * root key that is not deployKF's, and only the first that leads there and does not override what is there. `test`: only those
 * that pass it.
 */
export function writtenKeys(
  catalog: CatalogIndex,
  layers: readonly Layer[],
  test?: KeyTest,
): readonly WrittenKey[] {
  const keys: WrittenKey[] = [];
  for (const layer of layers) {
    if (layer.file === undefined || layer.root === undefined) continue;
    const top = {
      path: [],
      printed: '',
      expected: catalog.catalog.defaults,
      isOpen: false,
      image: undefined,
      anchored: undefined,
    };
    const parts = test === undefined ? new Map<YamlPair, PlacedPart>() : partsOf(layer.file);
    const collector = { catalog, layer, uri: layer.file.uri, keys, test, parts };
    const visited = { followed: new Set<YamlPair>(), open: new Set<YamlNode>() };
    collect({ ...collector, ...visited, merges: { left: mostMerges } }, layer.root, top, none);
  }
  return keys;
}

const none: ReadonlySet<string> = new Set();

interface Collector {
  readonly catalog: CatalogIndex;
  readonly layer: Layer;
  readonly uri: string;
  readonly keys: WrittenKey[];
  readonly test: KeyTest | undefined;
  readonly parts: ReadonlyMap<YamlPair, PlacedPart>;
  /** What aliases have led to. */
  readonly followed: Set<YamlPair>;
  /** The maps that aliases are being followed to. */
  readonly open: Set<YamlNode>;
  readonly merges: { left: number };
}

/** A few lines of merge keys within merge keys lead to more places than anybody writes. */
const mostMerges = 10_000;

type Above = Pick<WrittenKey, 'path' | 'printed' | 'expected' | 'isOpen' | 'image' | 'anchored'>;

/** `taken`: the keys that a map which merges this one in has itself. */
function collect(to: Collector, map: YamlMap, above: Above, taken: ReadonlySet<string>): void {
  const { catalog, layer, uri, keys, followed, test } = to;
  for (const pair of map.pairs) {
    if (isMergeKey(pair.key)) {
      followMerged(to, map, { merged: pair.value, above, taken });
      continue;
    }
    const name = keyText(pair.key);
    if (taken.has(name) || followed.has(pair)) continue;
    if (above.anchored !== undefined) followed.add(pair);
    const printed = above.printed === '' ? name : `${above.printed}.${name}`;
    const empty = above.anchored === undefined ? knownEmpty(to, pair) : undefined;
    if (empty?.has(printed) === true) continue;
    const before = keys.length;
    const section = above.expected;
    const expected = isRecord(section) && Object.hasOwn(section, name) ? section[name] : undefined;
    const isOpen = above.isOpen || isOpenValue(expected);
    const image = above.image ?? catalog.imageAt(printed);
    const path = [...above.path, name];
    const { anchored } = above;
    const key = { layer, uri, pair, path, printed, expected, section, isOpen, image, anchored };
    if (test === undefined || test(key, catalog)) keys.push(key);
    if (pair.value.kind === 'map') collect(to, pair.value, key, none);
    else follow(to, pair.value, key, none);
    if (keys.length === before) empty?.add(printed);
  }
}

/** The value paths at which a part is known to have nothing that is looked for; `undefined` where other parts have a say. */
function knownEmpty({ catalog, parts, test }: Collector, pair: YamlPair): Set<string> | undefined {
  const placed = parts.get(pair);
  if (test === undefined || placed?.isClosed !== true) return undefined;
  const byCatalog = placed.part.once(test, () => new WeakMap<CatalogIndex, Set<string>>());
  const known = byCatalog.get(catalog) ?? new Set<string>();
  byCatalog.set(catalog, known);
  return known;
}

interface Merged {
  readonly merged: YamlNode;
  readonly above: Above;
  readonly taken: ReadonlySet<string>;
}

/** What a merge key brings in counts where neither the map itself nor what is merged before it has the key. */
function followMerged(to: Collector, map: YamlMap, { merged, above, taken }: Merged): void {
  const names = new Set([...taken, ...map.pairs.map(({ key }) => keyText(key))]);
  for (const alias of aliasesOf(merged)) {
    if (to.merges.left-- <= 0) return;
    follow(to, alias, { ...above, anchored: 'shared' }, names);
    const brought = resolved(alias, to.layer.anchors);
    if (brought?.kind === 'map') for (const { key } of brought.pairs) names.add(keyText(key));
  }
}

/** `<<: *name` and `<<: [*name, *other]`. */
function aliasesOf(merged: YamlNode): readonly YamlNode[] {
  return merged.kind === 'seq' ? merged.items : [merged];
}

/** Goes on where an alias leads to a map that is nowhere else a value of deployKF's. */
function follow(to: Collector, alias: YamlNode, above: Above, taken: ReadonlySet<string>): void {
  const { catalog, layer, open } = to;
  if (alias.kind !== 'alias') return;
  const map = resolved(alias, layer.anchors);
  if (map?.kind !== 'map' || open.has(map) || !isForeign(catalog, layer, map)) return;
  open.add(map);
  const isShared = above.anchored === 'shared' || isUsedAgain(layer, alias.name);
  collect(to, map, { ...above, anchored: isShared ? 'shared' : 'once' }, taken);
  open.delete(map);
}

function isUsedAgain({ file }: Layer, name: string): boolean {
  const text = file?.text ?? '';
  return text.indexOf(`*${name}`) !== text.lastIndexOf(`*${name}`);
}

/** Whether a node is below a root key that the release does not have. */
export function isForeign(catalog: CatalogIndex, { root }: Layer, { span }: YamlNode): boolean {
  const home = root?.pairs.find(pair => encloses(pair.value.span, span));
  return home !== undefined && catalog.defaultAt([keyText(home.key)]) === undefined;
}

function isOpenValue(value: Value | undefined): boolean {
  return Array.isArray(value) || (isRecord(value) && Object.keys(value).length === 0);
}
