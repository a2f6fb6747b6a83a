import type { Span } from '../text/span.ts';
import { compose } from './compose.ts';
import { cutPart, halfKeysIn, type NestedCut } from './cut.ts';
import { shiftPairs, type YamlMap, type YamlPair, type YamlScalar } from './nodes.ts';
import { TextPart, type PlacedPart } from './textPart.ts';
import { halfKeyProblems } from './problems.ts';
import type { Problem } from '../text/problem.ts';
import type { References } from './references.ts';
import { readPlainScalar } from './scalar.ts';

/** A parsed part of a text: the whole lines of some entries of a block map. */
export interface Block extends Span {
  readonly pairs: readonly YamlPair[];
  readonly problems: readonly Problem[];
  readonly references: References;
  /** The same for the same characters, wherever an edit moves them. */
  readonly part: TextPart;
  /** When the part was itself parsed in parts: their blocks, and what is before them. */
  readonly nested?: Nested;
}

/** What a text was parsed into, kept for the text after the next edit. */
export interface ParsedParts {
  readonly text: string;
  readonly blocks: readonly Block[];
}

interface Nested {
  readonly key: YamlScalar;
  readonly halfKeys: readonly Span[];
  readonly blocks: readonly Block[];
}

/**
 * Parts longer than this are parsed in parts themselves; shorter ones only when something is wrong,
 * to hold it in one place.
 */
const shortPart = 1500;
/** Deeper maps are left to the parser, which knows where to stop. */
const deepestCut = 40;

/** Parses the parts of one text, or takes them over from an earlier one. */
export class BlockReader {
  readonly #text: string;
  readonly #known: KnownBlocks | undefined;

  constructor(text: string, previous: ParsedParts | undefined) {
    this.#text = text;
    this.#known = previous && new KnownBlocks(previous, text);
  }

  /** `undefined` when the part is not a block map after all. */
  read(part: Span, depth = 0): Block | undefined {
    return this.#known?.find(part) ?? this.#parse(part, depth);
  }

  #parse(part: Span, depth: number): Block | undefined {
    const isLong = part.end - part.start > shortPart;
    const whole = isLong ? undefined : this.#parseWhole(part);
    if (whole?.problems.length === 0) return whole;
    const cut = depth < deepestCut ? cutPart(this.#text, part) : undefined;
    const nested = cut && this.#readParts(part, cut, depth + 1);
    return nested ?? whole ?? this.#parseWhole(part);
  }

  #readParts(part: Span, { key, halfKeys, parts }: NestedCut, depth: number): Block | undefined {
    const blocks: Block[] = [];
    for (const nestedPart of parts) {
      const block = this.read(nestedPart, depth);
      if (block === undefined) return undefined;
      blocks.push(block);
    }
    const source = this.#text.slice(key.start, key.end);
    const keyNode: YamlScalar = {
      kind: 'scalar',
      span: key,
      ...readPlainScalar(source),
      source,
      style: 'plain',
    };
    return joinBlocks(part, { key: keyNode, halfKeys, blocks }, new TextPart());
  }

  #parseWhole(part: Span): Block | undefined {
    const halfKeys = halfKeysIn(this.#text, part);
    const [document, ...others] = compose(blankOut(this.#text, part, halfKeys), part.start);
    if (document === undefined || others.length > 0) return undefined;
    const { root, references } = document;
    const problems = [...halfKeyProblems(halfKeys), ...document.problems];
    const block = { ...part, problems, references, part: new TextPart() };
    if (root?.kind === 'map' && !root.flow) return { ...block, pairs: root.pairs };
    if (root === undefined && problems.length > 0) return { ...block, pairs: [] };
    return undefined;
  }
}

/** The part with spaces in place of the holes. */
function blankOut(text: string, part: Span, holes: readonly Span[]): string {
  let result = '';
  let from = part.start;
  for (const { start, end } of holes) {
    result += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return result + text.slice(from, part.end);
}

function joinBlocks(span: Span, nested: Nested, part: TextPart): Block {
  const { key, halfKeys, blocks } = nested;
  const pairs = blocks.flatMap(block => block.pairs);
  const first = pairs[0];
  const value: YamlMap | undefined = first && {
    kind: 'map',
    span: { start: first.key.span.start, end: pairs.at(-1)?.value.span.end ?? first.key.span.end },
    pairs,
    flow: false,
  };
  return {
    ...span,
    part,
    pairs: value === undefined ? [] : [{ key, value }],
    problems: [...halfKeyProblems(halfKeys), ...blocks.flatMap(block => block.problems)],
    references: joinReferences(blocks),
    nested,
  };
}

function joinReferences(blocks: readonly Block[]): References {
  const used = blocks
    .map(block => block.references)
    .filter(part => part.defines.length + part.needs.length > 0);
  if (used.length < 2) return used[0] ?? { defines: [], needs: [] };
  const known = new Set<string>();
  const needs = used.flatMap(part => {
    const open = part.needs.filter(({ name }) => !known.has(name));
    for (const name of part.defines) known.add(name);
    return open;
  });
  return { defines: used.flatMap(part => part.defines), needs };
}

/** The blocks of an earlier text that are in the same characters of a later one. */
class KnownBlocks {
  readonly #byStart = new Map<number, Block>();
  /** How many characters at the start of both texts are the same, and how many at their end. */
  readonly #prefix: number;
  readonly #suffix: number;
  readonly #length: number;
  readonly #delta: number;

  constructor(previous: ParsedParts, text: string) {
    this.#collect(previous.blocks);
    this.#prefix = commonPrefix(previous.text, text);
    this.#suffix = commonSuffix(previous.text, text, this.#prefix);
    this.#length = text.length;
    this.#delta = text.length - previous.text.length;
  }

  find(part: Span): Block | undefined {
    if (part.end <= this.#prefix) return this.#at(part.start, part.end);
    if (part.start < this.#length - this.#suffix) return undefined;
    const block = this.#at(part.start - this.#delta, part.end - this.#delta);
    return block && moveBlock(block, this.#delta);
  }

  #at(start: number, end: number): Block | undefined {
    const block = this.#byStart.get(start);
    if (block?.end !== end) return undefined;
    return block;
  }

  #collect(blocks: readonly Block[]): void {
    for (const block of blocks) {
      this.#byStart.set(block.start, block);
      if (block.nested !== undefined) this.#collect(block.nested.blocks);
    }
  }
}

/** Texts are compared in pieces of so many characters first, which is quicker than one by one. */
const piece = 1024;

function commonPrefix(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at + piece <= length && a.slice(at, at + piece) === b.slice(at, at + piece)) at += piece;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** Does not run into the common prefix. */
function commonSuffix(a: string, b: string, prefix: number): number {
  const length = Math.min(a.length, b.length) - prefix;
  const isSame = (at: number): boolean =>
    a.slice(a.length - at - piece, a.length - at) === b.slice(b.length - at - piece, b.length - at);
  let at = 0;
  while (at + piece <= length && isSame(at)) at += piece;
  while (at < length && a.charCodeAt(a.length - 1 - at) === b.charCodeAt(b.length - 1 - at)) at++;
  return at;
}

function moveBlock(block: Block, delta: number): Block {
  if (delta === 0) return block;
  const { part, problems, references } = block;
  const span = moveSpan(block, delta);
  if (block.nested !== undefined) {
    const { key, halfKeys, blocks } = block.nested;
    const moved = {
      key: { ...key, span: moveSpan(key.span, delta) },
      halfKeys: halfKeys.map(word => moveSpan(word, delta)),
      blocks: blocks.map(nested => moveBlock(nested, delta)),
    };
    return joinBlocks(span, moved, part);
  }
  return {
    ...span,
    part,
    pairs: shiftPairs(block.pairs, delta),
    problems: problems.map(({ message, span: at }) => ({ message, span: moveSpan(at, delta) })),
    references: {
      ...references,
      needs: references.needs.map(({ name, span: at }) => ({ name, span: moveSpan(at, delta) })),
    },
  };
}

function moveSpan({ start, end }: Span, delta: number): Span {
  return { start: start + delta, end: end + delta };
}

/** The parts of a text that are one entry each, by that entry. */
export function placedParts({ blocks }: ParsedParts): ReadonlyMap<YamlPair, PlacedPart> {
  const placed = new Map<YamlPair, PlacedPart>();
  const place = ({ part, start, pairs, references, nested }: Block): void => {
    const [pair, ...others] = pairs;
    const isClosed = references.defines.length + references.needs.length === 0;
    if (pair !== undefined && others.length === 0) placed.set(pair, { part, start, isClosed });
    nested?.blocks.forEach(place);
  };
  blocks.forEach(place);
  return placed;
}
