import { placedParts } from '../yaml/block.ts';
import type { YamlPair } from '../yaml/nodes.ts';
import type { PlacedPart } from '../yaml/textPart.ts';
import type { ValuesFile } from './valuesFile.ts';

/** The parts of a file that are one entry each, by that entry; empty where it could only be parsed as a whole. */
export function partsOf(file: ValuesFile): ReadonlyMap<YamlPair, PlacedPart> {
  return file.memo(readParts);
}

function readParts({ yaml: { parts } }: ValuesFile): ReadonlyMap<YamlPair, PlacedPart> {
  return parts === undefined ? new Map() : placedParts(parts);
}
