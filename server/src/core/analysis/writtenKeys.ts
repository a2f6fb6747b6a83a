import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage } from '../catalog/types.ts';
import type { Layer } from '../stack/layer.ts';
import { encloses } from '../text/span.ts';
import { isMergeKey, resolved } from '../yaml/lookup.ts';
import { keyText, type YamlMap, type YamlNode, type YamlPair } from '../yaml/nodes.ts';
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

/**
 * Every key that the layers hold in their own text, outer keys first. Aliases and merge keys are followed only to text below a
 * root key that is not deployKF's, and only the first that leads there.
 */
export function writtenKeys(catalog: CatalogIndex, layers: readonly Layer[]): readonly WrittenKey[] {
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
    collect({ catalog, layer, uri: layer.file.uri, keys, followed: new Set() }, layer.root, top);
  }
  return keys;
}

interface Collector {
  readonly catalog: CatalogIndex;
  readonly layer: Layer;
  readonly uri: string;
  readonly keys: WrittenKey[];
  /** The maps that an alias has led to. */
  readonly followed: Set<YamlNode>;
}

type Above = Pick<WrittenKey, 'path' | 'printed' | 'expected' | 'isOpen' | 'image' | 'anchored'>;

function collect(to: Collector, map: YamlMap, above: Above): void {
  const { catalog, layer, uri, keys } = to;
  for (const pair of map.pairs) {
    if (isMergeKey(pair.key)) {
      for (const merged of aliasesOf(pair.value)) follow(to, merged, { ...above, anchored: 'shared' });
      continue;
    }
    const name = keyText(pair.key);
    const printed = above.printed === '' ? name : `${above.printed}.${name}`;
    const section = above.expected;
    const expected = isRecord(section) && Object.hasOwn(section, name) ? section[name] : undefined;
    const isOpen = above.isOpen || isOpenValue(expected);
    const image = above.image ?? catalog.imageAt(printed);
    const path = [...above.path, name];
    const { anchored } = above;
    const key = { layer, uri, pair, path, printed, expected, section, isOpen, image, anchored };
    keys.push(key);
    if (pair.value.kind === 'map') collect(to, pair.value, key);
    else follow(to, pair.value, key);
  }
}

/** `<<: *name` and `<<: [*name, *other]`. */
function aliasesOf(merged: YamlNode): readonly YamlNode[] {
  return merged.kind === 'seq' ? merged.items : [merged];
}

/** Goes on where an alias leads to a map that is nowhere else a value of deployKF's. */
function follow(to: Collector, alias: YamlNode, above: Above): void {
  const { catalog, layer, followed } = to;
  if (alias.kind !== 'alias') return;
  const map = resolved(alias, layer.anchors);
  if (map?.kind !== 'map' || followed.has(map) || !isForeign(catalog, layer, map)) return;
  followed.add(map);
  const isShared = above.anchored === 'shared' || isUsedAgain(layer, alias.name);
  collect(to, map, { ...above, anchored: isShared ? 'shared' : 'once' });
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
