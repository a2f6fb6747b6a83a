import type { YamlNode } from '../../yaml/nodes.ts';

/** What a value is, in words. It is never quoted: what is at the wrong place may be a credential, whatever the key is called. */
export function kindOf(node: YamlNode): string {
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'alias') return 'an alias';
  if (typeof node.value === 'number') return 'a number';
  if (typeof node.value === 'boolean') return `${node.value}`;
  return node.value === null ? 'null' : 'a string';
}
