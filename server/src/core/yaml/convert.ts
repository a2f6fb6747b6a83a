import { isAlias, isMap, isPair, isScalar, isSeq, Scalar, type Document } from 'yaml';
import type { ScalarStyle, YamlNode, YamlPair, YamlScalar, YamlSeq } from './nodes.ts';
import { readPlainScalar, type ScalarReading } from './scalar.ts';

/** The document's root as our own immutable nodes; `undefined` for an empty document. */
export function convertDocument(document: Document.Parsed, text: string): YamlNode | undefined {
  return isNodeLike(document.contents) ? convertNode(document.contents, text) : undefined;
}

interface NodeLike {
  readonly range?: readonly [number, number, number] | null | undefined;
  readonly anchor?: string | undefined;
  readonly tag?: string | undefined;
}

function isNodeLike(value: unknown): value is NodeLike {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function convertNode(node: NodeLike, text: string): YamlNode {
  const base = baseOf(node);
  if (isAlias(node)) return { kind: 'alias', ...base, name: node.source };
  if (isMap(node)) {
    const pairs = node.items.flatMap(item => convertPair(item, text));
    return {
      kind: 'map',
      ...base,
      span: trimmed(base.span, pairs.at(-1)?.value, node.flow === true),
      pairs,
      flow: node.flow === true,
    };
  }
  if (isSeq(node)) return convertSeq(node, text);
  return isScalar(node) ? convertScalar(node, text) : emptyScalar(base.span.start);
}

function convertSeq(
  node: { readonly items: readonly unknown[]; readonly flow?: boolean | undefined } & NodeLike,
  text: string,
): YamlSeq {
  const base = baseOf(node);
  const flow = node.flow === true;
  const items = node.items.map(item =>
    isNodeLike(item) ? convertNode(item, text) : convertLoosePair(item, text, base.span.end),
  );
  return { kind: 'seq', ...base, span: trimmed(base.span, items.at(-1), flow), items, flow };
}

/** `[a: b]` is a list with a map of one pair, which the parser leaves as a pair. */
function convertLoosePair(item: unknown, text: string, end: number): YamlNode {
  const pairs = convertPair(item, text);
  const first = pairs[0];
  if (first === undefined) return emptyScalar(end);
  return { kind: 'map', span: { start: first.key.span.start, end: first.value.span.end }, pairs, flow: true };
}

function convertPair(item: unknown, text: string): readonly YamlPair[] {
  if (!isPair(item) || !isScalar(item.key)) return [];
  const key = convertScalar(item.key, text);
  const value = isNodeLike(item.value) ? convertNode(item.value, text) : emptyScalar(key.span.end);
  return [{ key, value }];
}

function convertScalar(node: Scalar<unknown>, text: string): YamlScalar {
  const base = baseOf(node);
  const style = styleOf(node, base.span);
  const source = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  const keeps =
    (style === 'literal' || style === 'folded') &&
    /^[|>]\d?\+|^[|>]\+/.test(text.slice(base.span.start, base.span.start + 3));
  return {
    kind: 'scalar',
    ...base,
    ...read(source, style, base.tag),
    source,
    style,
    ...(keeps ? { keepsLineEnds: true } : {}),
  };
}

function read(source: string, style: ScalarStyle, tag: string | undefined): ScalarReading {
  if (tag === '!!str' || tag === '!') return { type: 'string', value: source };
  if (style === 'plain' || style === 'empty') return readPlainScalar(source);
  const isResolvable =
    tag === '!!int' || tag === '!!float' || tag === '!!bool' || tag === '!!null' || tag === '!!timestamp';
  return isResolvable ? readPlainScalar(source) : { type: 'string', value: source };
}

function styleOf(node: Scalar<unknown>, span: { readonly start: number; readonly end: number }): ScalarStyle {
  switch (node.type) {
    case Scalar.QUOTE_SINGLE:
      return 'single';
    case Scalar.QUOTE_DOUBLE:
      return 'double';
    case Scalar.BLOCK_LITERAL:
      return 'literal';
    case Scalar.BLOCK_FOLDED:
      return 'folded';
    default:
      return span.start === span.end ? 'empty' : 'plain';
  }
}

function baseOf(node: NodeLike): Pick<YamlNode, 'span' | 'anchor' | 'tag'> {
  const [start, end] = node.range ?? [0, 0, 0];
  const tag = node.tag?.replace('tag:yaml.org,2002:', '!!');
  return {
    span: { start, end },
    ...(node.anchor === undefined ? {} : { anchor: node.anchor }),
    ...(tag === undefined ? {} : { tag }),
  };
}

/** Block collections end where their last value ends; the parser lets them run on through blank lines and comments. */
function trimmed(
  span: { start: number; end: number },
  last: YamlNode | undefined,
  flow: boolean,
): { start: number; end: number } {
  return flow || last === undefined ? span : { start: span.start, end: Math.max(span.start, last.span.end) };
}

export function emptyScalar(at: number): YamlScalar {
  return { kind: 'scalar', span: { start: at, end: at }, type: 'null', value: null, source: '', style: 'empty' };
}
