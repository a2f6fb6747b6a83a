import type { Path, YamlNode } from '../yaml/nodes.ts';
import { placesIn, shownAt, type NodePlaces } from '../yaml/shownAt.ts';
import type { Layer } from './layer.ts';
import type { ValuesFile } from './valuesFile.ts';

/** `shownAt` for a node of a layer. */
export function shownIn({ file, root }: Layer, node: YamlNode): readonly Path[] | undefined {
  const isWhole = file !== undefined && root === file.map;
  return shownAt(isWhole ? file.memo(placesOf) : placesIn(root), node);
}

function placesOf(file: ValuesFile): NodePlaces {
  return placesIn(file.map);
}
