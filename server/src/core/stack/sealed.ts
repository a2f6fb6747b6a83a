import { pairsOf } from '../yaml/lookup.ts';
import type { ValuesFile } from './valuesFile.ts';

/**
 * Whether SOPS keeps a checksum of all values of a file, also of those that are not encrypted: after any other edit it refuses to decrypt
 * the file (`mac` and `mac_only_encrypted` in SOPS's README).
 */
export function isSealed(file: ValuesFile): boolean {
  return file.memo(readSeal);
}

function readSeal({ map, anchors }: ValuesFile): boolean {
  const sops = map === undefined ? undefined : pairsOf(map, anchors).get('sops')?.pair.value;
  if (sops?.kind !== 'map') return false;
  const keys = pairsOf(sops, anchors);
  const only = keys.get('mac_only_encrypted')?.pair.value;
  return keys.has('mac') && !(only?.kind === 'scalar' && only.value === true);
}
