import { findPair, keysOf, resolved, type Anchors } from './lookup.ts';
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
 * The node's value, aliases and merge keys applied. A cycle ends in null, and so does what goes beyond 100,000 nodes:
 * a few lines of nested aliases can stand for more than fits into memory.
 */
export function valueOf(node: YamlNode | undefined, anchors: Anchors): Value {
  return new Reader(anchors).read(node);
}

class Reader {
  readonly #anchors: Anchors;
  readonly #open = new Set<YamlNode>();
  #left = 100_000;

  constructor(anchors: Anchors) {
    this.#anchors = anchors;
  }

  read(node: YamlNode | undefined): Value {
    const target = node && resolved(node, this.#anchors);
    if (target === undefined || this.#open.has(target) || --this.#left < 0) return null;
    if (target.kind === 'scalar') return target.value;
    this.#open.add(target);
    const value = target.kind === 'map' ? this.#readMap(target) : this.#readItems(target);
    this.#open.delete(target);
    return value;
  }

  #readMap(map: YamlMap): Value {
    return Object.fromEntries(
      keysOf(map, this.#anchors).map(key => [key, this.read(findPair(map, key, this.#anchors)?.pair.value)]),
    );
  }

  #readItems(node: YamlNode): Value {
    return node.kind === 'seq' ? node.items.map(item => this.read(item)) : null;
  }
}

/** A value as nodes without a place in any text; all spans are `{ start: 0, end: 0 }`. */
export function nodeOf(value: Value): YamlNode {
  const base = { span: { start: 0, end: 0 } };
  if (Array.isArray(value)) return { kind: 'seq', ...base, items: value.map(nodeOf), flow: false };
  if (isRecord(value)) {
    const pairs = Object.entries(value).map(([key, below]) => ({ key: textScalar(key), value: nodeOf(below) }));
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
