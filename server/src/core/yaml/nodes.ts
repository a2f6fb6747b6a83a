import type { Span } from '../text/span.ts';

/**
 * What a scalar is to deployKF's YAML reader (gopkg.in/yaml.v3),
 * which differs from YAML 1.2 for some plain scalars.
 */
export type ScalarType = 'string' | 'null' | 'bool' | 'int' | 'float' | 'timestamp';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'empty';

interface NodeBase {
  /** From the node's first character to after its last one; comments, anchors and tags are outside. */
  readonly span: Span;
  readonly anchor?: string;
  /** The tag as written, such as `!!str`. */
  readonly tag?: string;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  /** As deployKF has it after merging; a timestamp as the text that Go prints. */
  readonly value: string | number | boolean | null;
  /** The content as written: a plain scalar's text, a quoted one's without quotes and escapes. */
  readonly source: string;
  /** `empty`: nothing is written after the colon or dash; the span is empty too. */
  readonly style: ScalarStyle;
  /** A block scalar that keeps its trailing line ends (`|+`, `>+`). */
  readonly keepsLineEnds?: boolean;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly pairs: readonly YamlPair[];
  readonly flow: boolean;
}

export interface YamlPair {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

export interface YamlSeq extends NodeBase {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
}

/** `*name`; use `resolved` to see through it. */
export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
}

export type YamlNode = YamlScalar | YamlMap | YamlSeq | YamlAlias;

/** A value path: the keys from the root, as deployKF reads them; list items by their index. */
export type Path = readonly (string | number)[];

/** `a.b[0].c`, the way value paths are written in messages. */
export function printPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (text === '') return step;
    return `${text}.${step}`;
  }, '');
}

/** The opposite of `printPath` for keys without dots and brackets. */
export function parsePath(text: string): Path {
  return text
    .split(/[.[]/)
    .filter(step => step !== '')
    .map(step => (step.endsWith(']') ? Number(step.slice(0, -1)) : step));
}

/** The text of a key as a path step. */
export function keyText(key: YamlScalar): string {
  return key.source;
}

export function pairSpan(pair: YamlPair): Span {
  return { start: pair.key.span.start, end: Math.max(pair.value.span.end, pair.key.span.end) };
}

/** The same node at another place of the text: every span moves by `delta`. */
function shiftNode<N extends YamlNode>(node: N, delta: number): N;
function shiftNode(node: YamlNode, delta: number): YamlNode {
  const span = { start: node.span.start + delta, end: node.span.end + delta };
  if (node.kind === 'map') return { ...node, span, pairs: shiftPairs(node.pairs, delta) };
  if (node.kind === 'seq') return { ...node, span, items: node.items.map(item => shiftNode(item, delta)) };
  return { ...node, span };
}

export function shiftPairs(pairs: readonly YamlPair[], delta: number): readonly YamlPair[] {
  return pairs.map(({ key, value }) => ({ key: shiftNode(key, delta), value: shiftNode(value, delta) }));
}
