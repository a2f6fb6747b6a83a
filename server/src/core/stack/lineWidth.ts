import { widestLine } from '../yaml/format.ts';
import type { ValuesFile } from './valuesFile.ts';

/** Where what fixes write in brackets goes on on a new line; `undefined`: nowhere, since the values are a string that cannot. */
export function lineWidth({ host }: ValuesFile): number | undefined {
  if (host === undefined) return widestLine;
  const { inset } = host.embedding;
  return inset === undefined ? undefined : widestLine - inset;
}
