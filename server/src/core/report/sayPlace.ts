import type { Contribution } from '../stack/effective.ts';
import { printable } from '../text/printable.ts';
import type { PathOf } from './types.ts';

/** Who says something, such as `prod.yaml:12` (1-based) or `defaults of 0.1.5`. */
export function sayPlace({ layer, written, pair }: Contribution, pathOf: PathOf): string {
  if (layer.file === undefined) return layer.label;
  const { uri, start } = layer.file.locate(pair?.key.span ?? written.span);
  return `${printable(pathOf(uri))}:${start.line + 1}`;
}
