import type { YamlNode } from './nodes.ts';
import { isList, type Value } from './value.ts';

/** What cannot be seen, and line ends that only some readers know. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** The lines of a text that is best written below `|`; `undefined` for any other value. */
export function literalLines(value: Value): readonly string[] | undefined {
  if (typeof value !== 'string' || !/^\S[^]*\S\n$/.test(value)) return undefined;
  const lines = value.slice(0, -1).split('\n');
  if (lines.length < 2 || lines.some(line => line.trim() === '' || unprintable.test(line))) return undefined;
  return lines;
}

/** Whether a list has items that are best written below `|`. */
export function holdsLiteral(value: Value): boolean {
  return isList(value) && value.some(item => literalLines(item) !== undefined);
}

/** An empty list in brackets, or null. */
export function holdsNothing(node: YamlNode): boolean {
  if (node.kind === 'seq') return node.flow && node.items.length === 0;
  return node.kind === 'scalar' && node.type === 'null';
}
