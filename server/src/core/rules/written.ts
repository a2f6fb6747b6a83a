import type { StackView } from '../policy/view.ts';
import type { Layer } from '../stack/layer.ts';
import { isMergeKey } from '../yaml/lookup.ts';
import { keyText, printPath, type YamlNode, type YamlPair } from '../yaml/nodes.ts';

/** A key that a user wrote in one layer. */
export interface WrittenKey {
  readonly layer: Layer;
  readonly uri: string;
  readonly pair: YamlPair;
  readonly path: readonly string[];
  readonly printed: string;
}

/** Whether to look at what is below a key, too. */
export type Descend = 'below' | 'stop';

/** Calls `see` for every key that the user's layers hold in their own text, outer keys first. Aliases are not followed. */
export function visitKeys(view: StackView, see: (key: WrittenKey) => Descend): void {
  for (const layer of view.stack.layers) {
    if (layer.file !== undefined && layer.root !== undefined)
      visitMap({ layer, uri: layer.file.uri }, layer.root, [], see);
  }
}

function visitMap(
  at: { readonly layer: Layer; readonly uri: string },
  node: YamlNode,
  path: readonly string[],
  see: (key: WrittenKey) => Descend,
): void {
  if (node.kind !== 'map') return;
  for (const pair of node.pairs) {
    if (isMergeKey(pair.key)) continue;
    const below = [...path, keyText(pair.key)];
    const descend = see({ ...at, pair, path: below, printed: printPath(below) });
    if (descend === 'below') visitMap(at, pair.value, below, see);
  }
}
