import { pairsOf, resolved, type Anchors } from './lookup.ts';
import { emptyScalar } from './convert.ts';
import type { YamlMap, YamlNode, YamlScalar } from './nodes.ts';

/** A value as deployKF reads it from YAML. Numbers keep no notation: `1.10` is 1.1. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

export function isRecord(value: unknown): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Like `Array.isArray`, which makes `any[]` of a readonly list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/**
 * The node's value, aliases and merge keys applied. A cycle ends in null, and so does what aliases bring in
 * beyond 100,000 nodes or 500 levels: a few lines of nested aliases can stand for more than fits into memory.
 */
export function valueOf(node: YamlNode | undefined, anchors: Anchors, substitute?: Substitute): Value {
  return new Reader(anchors, substitute).read(node);
}

/** What is in the place of a node and all that is below it; `undefined`: the node itself. */
export type Substitute = (node: YamlNode) => Value | undefined;

/** Nodes that a value may take in through aliases and merge keys. */
const copiedLimit = 100_000;
const depthLimit = 500;

class Reader {
  readonly #anchors: Anchors;
  readonly #substitute: Substitute | undefined;
  readonly #open = new Set<YamlNode>();
  /** Within how many aliases and merged pairs the reader is. */
  #copying = 0;
  #copied = 0;

  constructor(anchors: Anchors, substitute: Substitute | undefined) {
    this.#anchors = anchors;
    this.#substitute = substitute;
  }

  read(node: YamlNode | undefined): Value {
    const target = node && resolved(node, this.#anchors);
    const given = node && this.#substitute?.(node);
    if (given !== undefined) return given;
    if (target === undefined) return null;
    if (target === node) return this.#readNode(target);
    return this.#readCopy(target);
  }

  #readCopy(node: YamlNode): Value {
    const given = this.#substitute?.(node);
    if (given !== undefined) return given;
    this.#copying++;
    const value = this.#readNode(node);
    this.#copying--;
    return value;
  }

  #readNode(node: YamlNode): Value {
    if (this.#copying > 0 && ++this.#copied > copiedLimit) return null;
    if (node.kind === 'scalar') return node.value;
    if (node.kind === 'alias' || this.#open.has(node) || this.#open.size >= depthLimit) return null;
    this.#open.add(node);
    const value = node.kind === 'map' ? this.#readMap(node) : node.items.map(item => this.read(item));
    this.#open.delete(node);
    return value;
  }

  #readMap(map: YamlMap): Value {
    const entries = [...pairsOf(map, this.#anchors)].map(([key, { pair, inherited }]): [string, Value] => {
      if (inherited) this.#copying++;
      const value = this.read(pair.value);
      if (inherited) this.#copying--;
      return [key, value];
    });
    return Object.fromEntries(entries);
  }
}

/** A value as nodes without a place in any text; all spans are `{ start: 0, end: 0 }`. */
export function nodeOf(value: Value): YamlNode {
  const base = { span: { start: 0, end: 0 } };
  if (Array.isArray(value)) return { kind: 'seq', ...base, items: value.map(nodeOf), flow: false };
  if (isRecord(value)) {
    const pairs = Object.entries(value).map(([key, below]) => ({
      key: textScalar(key),
      value: nodeOf(below),
    }));
    return { kind: 'map', ...base, pairs, flow: false };
  }
  return scalarOf(value);
}

function scalarOf(value: Value): YamlScalar {
  if (typeof value === 'string') return textScalar(value);
  if (typeof value === 'boolean')
    return { ...emptyScalar(0), type: 'bool', value, source: String(value), style: 'plain' };
  if (typeof value === 'number') {
    return {
      ...emptyScalar(0),
      type: Number.isInteger(value) ? 'int' : 'float',
      value,
      source: String(value),
      style: 'plain',
    };
  }
  return emptyScalar(0);
}

function textScalar(text: string): YamlScalar {
  return { ...emptyScalar(0), type: 'string', value: text, source: text, style: 'double' };
}
