import { isAlias, isMap, isPair, isScalar, isSeq, Scalar, type Document } from 'yaml';
import type { ScalarStyle, YamlNode, YamlPair, YamlScalar, YamlSeq } from './nodes.ts';
import { brokenKeyMessage } from './problems.ts';
import type { Problem } from '../text/problem.ts';
import { ReferenceReader, type References } from './references.ts';
import { readPlainScalar, readTaggedScalar, type ScalarReading } from './scalar.ts';

export interface Converted {
  /** `undefined` for an empty document. */
  readonly root: YamlNode | undefined;
  readonly references: References;
  readonly problems: readonly Problem[];
}

/** The document as our own immutable nodes. `base` is where its text starts in the whole. */
export function convertDocument(document: Document.Parsed, text: string, base: number): Converted {
  const reader = new ReferenceReader();
  const brokenKeys: Problem[] = [];
  const context: Context = { text, base, reader, brokenKeys };
  const root = isNodeLike(document.contents) ? convertNode(document.contents, context) : undefined;
  return { root, references: reader.references, problems: [...brokenKeys, ...reader.problems] };
}

interface Context {
  readonly text: string;
  readonly base: number;
  readonly reader: ReferenceReader;
  readonly brokenKeys: Problem[];
}

interface NodeLike {
  readonly range?: readonly [number, number, number] | null | undefined;
  readonly anchor?: string | undefined;
  readonly tag?: string | undefined;
}

function isNodeLike(value: unknown): value is NodeLike {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function convertNode(node: NodeLike, context: Context): YamlNode {
  if (node.anchor === undefined) return convertContent(node, context);
  const close = context.reader.open(node.anchor);
  const converted = convertContent(node, context);
  close();
  return converted;
}

function convertContent(node: NodeLike, context: Context): YamlNode {
  const base = baseOf(node, context);
  if (isAlias(node)) {
    if (node.source !== '') context.reader.alias(node.source, base.span);
    return { kind: 'alias', ...base, name: node.source };
  }
  if (isMap(node)) {
    const pairs = node.items.flatMap(item => convertPair(item, context));
    const flow = node.flow === true;
    if (!flow) for (const { key } of pairs) checkColon(key, context);
    return { kind: 'map', ...base, span: trimmed(base.span, pairs.at(-1)?.value, flow), pairs, flow };
  }
  if (isSeq(node)) return convertSeq(node, context);
  if (isScalar(node)) return convertScalar(node, context);
  return emptyScalar(base.span.start);
}

function convertSeq(
  node: { readonly items: readonly unknown[]; readonly flow?: boolean | undefined } & NodeLike,
  context: Context,
): YamlSeq {
  const base = baseOf(node, context);
  const flow = node.flow === true;
  const items = node.items.map(item => {
    if (isNodeLike(item)) return convertNode(item, context);
    return convertLoosePair(item, context, base.span.end);
  });
  return { kind: 'seq', ...base, span: trimmed(base.span, items.at(-1), flow), items, flow };
}

/** `[a: b]` is a list with a map of one pair, which the parser leaves as a pair. */
function convertLoosePair(item: unknown, context: Context, end: number): YamlNode {
  const pairs = convertPair(item, context);
  const first = pairs[0];
  if (first === undefined) return emptyScalar(end);
  return { kind: 'map', span: { start: first.key.span.start, end: first.value.span.end }, pairs, flow: true };
}

/**
 * None for a key that is not a scalar, which deployKF has no use for; its anchors and aliases count all the
 * same.
 */
function convertPair(item: unknown, context: Context): readonly YamlPair[] {
  if (!isPair(item)) return [];
  const key = isNodeLike(item.key) ? placedKey(convertNode(item.key, context), context) : undefined;
  const value = isNodeLike(item.value) ? convertNode(item.value, context) : undefined;
  if (key?.kind !== 'scalar') return [];
  return [{ key, value: value ?? emptyScalar(key.span.end) }];
}

/** An empty key is at its colon; the parser has it where the line before ends, or at the start of its own. */
function placedKey(key: YamlNode, { text, base }: Context): YamlNode {
  if (key.kind !== 'scalar' || key.style !== 'empty' || key.anchor !== undefined || key.tag !== undefined)
    return key;
  const from = key.span.start - base;
  if (/(?:^|[\s-])\?[ \t]*$/.test(text.slice(Math.max(0, from - 200), from))) return key;
  const gap = /^(?:[ \t\r\n]|#[^\n]*\n)*(?=:)/.exec(text.slice(from, from + 1000))?.[0] ?? '';
  const at = key.span.start + gap.length;
  return { ...key, span: { start: at, end: at } };
}

/**
 * The parser takes a colon on a later line than its key, which YAML and the reader that deployKF uses do not.
 */
function checkColon({ span }: YamlScalar, { text, base, brokenKeys }: Context): void {
  const end = span.end - base;
  if (text[end] === ':') return;
  const between = /^(?:[ \t]|#[^\n]*\n|\r?\n)*(?=:)/.exec(text.slice(end, end + 1000))?.[0] ?? '';
  if (!between.includes('\n')) return;
  const start = span.start - base;
  // An empty key is right after its anchor or tag.
  const isExplicit = /\?(?:\s+[&!]\S*)*\s*$/.test(text.slice(Math.max(0, start - 200), start));
  if (!isExplicit) brokenKeys.push({ message: brokenKeyMessage, span });
}

function convertScalar(node: Scalar, context: Context): YamlScalar {
  const base = baseOf(node, context);
  const isEmpty = base.span.start === base.span.end;
  const style = styles[node.type ?? ''] ?? (isEmpty ? 'empty' : 'plain');
  const source = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const isBlock = style === 'literal' || style === 'folded';
  const start = node.range?.[0] ?? 0;
  const keeps = isBlock && /^[|>]\d?\+/.test(context.text.slice(start, start + 3));
  return {
    kind: 'scalar',
    ...base,
    ...read(source, style, base.tag),
    source,
    style,
    ...(keeps && { keepsLineEnds: true }),
  };
}

function read(source: string, style: ScalarStyle, tag: string | undefined): ScalarReading {
  const isPlain = style === 'plain' || style === 'empty';
  if (tag !== undefined) return readTaggedScalar(source, tag, isPlain);
  if (isPlain) return readPlainScalar(source);
  return { type: 'string', value: source };
}

const styles: Readonly<Partial<Record<string, ScalarStyle>>> = {
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
  [Scalar.BLOCK_LITERAL]: 'literal',
  [Scalar.BLOCK_FOLDED]: 'folded',
};

function baseOf(node: NodeLike, { base }: Context): Pick<YamlNode, 'span' | 'anchor' | 'tag'> {
  const [start, end] = node.range ?? [0, 0, 0];
  const tag = node.tag?.replace('tag:yaml.org,2002:', '!!');
  return {
    span: { start: base + start, end: base + Math.max(start, end) },
    ...(node.anchor !== undefined && { anchor: node.anchor }),
    ...(tag !== undefined && { tag }),
  };
}

/**
 * Block collections end where their last value ends;
 * the parser lets them run on through blank lines and comments.
 */
function trimmed(
  span: { start: number; end: number },
  last: YamlNode | undefined,
  flow: boolean,
): { start: number; end: number } {
  if (flow || last === undefined) return span;
  return { start: span.start, end: Math.max(span.start, last.span.end) };
}

export function emptyScalar(at: number): YamlScalar {
  return {
    kind: 'scalar',
    span: { start: at, end: at },
    type: 'null',
    value: null,
    source: '',
    style: 'empty',
  };
}
