import { formatPair } from '../../yaml/format.ts';
import type { Value } from '../../yaml/value.ts';
import { comments } from './exporter.ts';

/** A YAML document with comments before it. */
export function yamlText(header: readonly string[], document: { readonly [key: string]: Value }): string {
  const lines = Object.entries(document).flatMap(([key, value]) => formatPair(key, value, 2));
  return [...comments(header), ...lines].map(line => `${line}\n`).join('');
}
