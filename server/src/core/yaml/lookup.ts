import { touches } from '../text/span.ts';
import { keyText, type Path, type YamlMap, type YamlNode, type YamlPair, type YamlScalar } from './nodes.ts';
import type { ParsedYaml } from './parse.ts';

/** The anchors of a document, which aliases refer to. */
export type Anchors = ReadonlyMap<string, YamlNode>;

/** The document that deployKF uses: the first that is not null. `undefined` when all are empty. */
export function firstDocument(parsed: ParsedYaml): YamlNode | undefined {
  for (const { root } of parsed.documents)
    if (root !== undefined && (root.kind !== 'scalar' || root.type !== 'null')) return root;
  return undefined;
}

/**
 * Every anchored node by its name. A name used again stands for its last node,
 * an inexactness that only odd files show.
 */
export function anchorsOf(root: YamlNode | undefined): Anchors {
  const anchors = new Map<string, YamlNode>();
  const add = (node: YamlNode): void => {
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
  };
  visit(root, node => {
    if (node.kind === 'map') for (const { key } of node.pairs) add(key);
    add(node);
  });
  return anchors;
}

/**
 * Calls `see` for the node and everything below it, in text order, without following aliases. The path is
 * copied only for those who ask: nearly nobody does, and there are thousands of nodes. What is below a pair
 * that `isKnown` knows is left out.
 */
export function visit(
  root: YamlNode | undefined,
  see: (node: YamlNode, path: () => Path) => void,
  isKnown: (pair: YamlPair) => boolean = () => false,
): void {
  const steps: (string | number)[] = [];
  const path = (): Path => [...steps];
  const visitNode = (node: YamlNode): void => {
    see(node, path);
    if (node.kind === 'map') {
      for (const pair of node.pairs) if (!isKnown(pair)) visitBelow(keyText(pair.key), pair.value);
    }
    if (node.kind === 'seq') node.items.forEach((item, index) => visitBelow(index, item));
  };
  const visitBelow = (step: string | number, node: YamlNode): void => {
    steps.push(step);
    visitNode(node);
    steps.pop();
  };
  if (root !== undefined) visitNode(root);
}

/**
 * The node that an alias stands for, or the node itself; `undefined` for an unknown alias and for a cycle.
 */
export function resolved(node: YamlNode, anchors: Anchors): YamlNode | undefined {
  let current: YamlNode | undefined = node;
  for (let depth = 0; current?.kind === 'alias'; depth++) {
    if (depth > 16) return undefined;
    current = anchors.get(current.name);
  }
  return current;
}

/**
 * A pair found under a key;
 * `inherited` when it comes from a merge key (`<<`) or an alias and so belongs elsewhere.
 */
export interface FoundPair {
  readonly pair: YamlPair;
  readonly inherited: boolean;
}

/** The pair under a key: the map's own last one, else the first that its merge keys bring in. */
export function findPair(map: YamlMap, key: string, anchors: Anchors): FoundPair | undefined {
  const own = map.pairs.findLast(pair => keyText(pair.key) === key && !isMergeKey(pair.key));
  if (own !== undefined) return { pair: own, inherited: false };
  if (!map.pairs.some(pair => isMergeKey(pair.key))) return undefined;
  return pairsOf(map, anchors).get(key);
}

/** All keys of a map, those of its merge keys last. */
export function keysOf(map: YamlMap, anchors: Anchors): readonly string[] {
  return [...pairsOf(map, anchors).keys()];
}

/**
 * All pairs of a map by their keys, those of its merge keys last: what `findPair` finds for each, at once.
 */
export function pairsOf(map: YamlMap, anchors: Anchors): ReadonlyMap<string, FoundPair> {
  const found = new Map<string, FoundPair>();
  const seen = new Set<YamlMap>();
  const add = (current: YamlMap, inherited: boolean): void => {
    // A map that was seen has nothing new: so cycles end,
    // and merge keys in merge keys take no time without end.
    if (seen.has(current)) return;
    seen.add(current);
    const own = new Map(
      current.pairs
        .filter(pair => !isMergeKey(pair.key))
        .map(pair => [keyText(pair.key), { pair, inherited }]),
    );
    for (const [key, pair] of own) if (!found.has(key)) found.set(key, pair);
    for (const source of mergeSources(current, anchors)) if (seen.size < mergeLimit) add(source, true);
  };
  add(map, false);
  return found;
}

/** How many maps one map may take in by merge keys: their chain is followed by recursion. */
const mergeLimit = 1000;

/** The pairs of a map whose key an earlier pair of it has, each with the first one; merge keys count like others. */
export function repeatedPairs(map: YamlMap): readonly RepeatedPair[] {
  const first = new Map<string, YamlPair>();
  const repeated: RepeatedPair[] = [];
  for (const pair of map.pairs) {
    const key = keyText(pair.key);
    const before = first.get(key);
    if (before === undefined) first.set(key, pair);
    else repeated.push({ before, pair });
  }
  return repeated;
}

export interface RepeatedPair {
  readonly before: YamlPair;
  readonly pair: YamlPair;
}

export function isMergeKey(key: YamlScalar): boolean {
  return key.source === '<<' && key.style === 'plain';
}

function mergeSources(map: YamlMap, anchors: Anchors): readonly YamlMap[] {
  return map.pairs
    .filter(pair => isMergeKey(pair.key))
    .flatMap(pair => {
      const value = resolved(pair.value, anchors);
      const sources = value?.kind === 'seq' ? value.items.map(item => resolved(item, anchors)) : [value];
      return sources.filter(source => source?.kind === 'map');
    });
}

/** What is at a path of one document. */
export interface Found {
  readonly node: YamlNode;
  /** The pair whose value the node is; `undefined` for the root and list items. */
  readonly pair: YamlPair | undefined;
  /** The text belongs to another place (alias or merge key), so no edit may touch it. */
  readonly inherited: boolean;
}

/** The node at a path, through aliases and merge keys; `undefined` when the document does not have it. */
export function findPath(root: YamlNode | undefined, path: Path, anchors: Anchors): Found | undefined {
  let foundPath: Found | undefined = root && { node: root, pair: undefined, inherited: false };
  for (const step of path) {
    if (foundPath === undefined) return undefined;
    foundPath = findStep(foundPath, step, anchors);
  }
  return foundPath;
}

function findStep(from: Found, step: string | number, anchors: Anchors): Found | undefined {
  const node = resolved(from.node, anchors);
  const inherited = from.inherited || from.node.kind === 'alias';
  if (node?.kind === 'map' && typeof step === 'string') {
    const foundPair = findPair(node, step, anchors);
    return (
      foundPair && {
        node: foundPair.pair.value,
        pair: foundPair.pair,
        inherited: inherited || foundPair.inherited,
      }
    );
  }
  if (node?.kind === 'seq' && typeof step === 'number') {
    const item = node.items[step];
    return item && { node: item, pair: undefined, inherited };
  }
  return undefined;
}

/** What a cursor is on: a key or a value. */
export interface CursorPlace {
  readonly path: Path;
  readonly on: 'key' | 'value';
  readonly node: YamlNode;
}

/** The innermost key or value that a UTF-16 offset touches; `undefined` between nodes. */
export function placeAt(
  root: YamlNode | undefined,
  offset: number,
  path: Path = [],
): CursorPlace | undefined {
  if (root === undefined) return undefined;
  if (root.kind === 'map') {
    for (const pair of root.pairs) {
      const below = [...path, keyText(pair.key)];
      if (touches(pair.key.span, offset)) return { path: below, on: 'key', node: pair.key };
      if (touches(pair.value.span, offset)) return placeAt(pair.value, offset, below);
    }
    return undefined;
  }
  if (root.kind === 'seq') {
    const index = root.items.findIndex(item => touches(item.span, offset));
    if (index < 0) return undefined;
    return placeAt(root.items[index], offset, [...path, index]);
  }
  if (!touches(root.span, offset)) return undefined;
  return { path, on: 'value', node: root };
}
