import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage } from '../catalog/types.ts';
import type { Layer } from '../stack/layer.ts';
import { isMergeKey } from '../yaml/lookup.ts';
import { keyText, type YamlMap, type YamlPair } from '../yaml/nodes.ts';
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
}

/** Every key that the layers hold in their own text, outer keys first. Aliases and merge keys are not followed. */
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
    };
    collect({ catalog, layer, uri: layer.file.uri, keys }, layer.root, top);
  }
  return keys;
}

interface Collector {
  readonly catalog: CatalogIndex;
  readonly layer: Layer;
  readonly uri: string;
  readonly keys: WrittenKey[];
}

type Above = Pick<WrittenKey, 'path' | 'printed' | 'expected' | 'isOpen' | 'image'>;

function collect(to: Collector, map: YamlMap, above: Above): void {
  const { catalog, layer, uri, keys } = to;
  for (const pair of map.pairs) {
    if (isMergeKey(pair.key)) continue;
    const name = keyText(pair.key);
    const printed = above.printed === '' ? name : `${above.printed}.${name}`;
    const section = above.expected;
    const expected = isRecord(section) && Object.hasOwn(section, name) ? section[name] : undefined;
    const isOpen = above.isOpen || isOpenValue(expected);
    const image = above.image ?? catalog.imageAt(printed);
    const key = { layer, uri, pair, path: [...above.path, name], printed, expected, section, isOpen, image };
    keys.push(key);
    if (pair.value.kind === 'map') collect(to, pair.value, key);
  }
}

function isOpenValue(value: Value | undefined): boolean {
  return Array.isArray(value) || (isRecord(value) && Object.keys(value).length === 0);
}
