import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import { encloses } from '../text/span.ts';
import { anchorsOf, visit } from './lookup.ts';
import { deepestLast } from './write.ts';
import { keyText, type Path, type YamlMap, type YamlNode, type YamlPair, type YamlSeq } from './nodes.ts';

/**
 * Removes the pair at a path, and with it every map above that would be left empty: an empty section would be
 * null, and null makes deployKF lose the defaults. `undefined` when the pair does not exist as written text,
 * or cannot be cut out, also because an alias elsewhere needs its anchor.
 */
export function removePath(source: SourceText, root: YamlMap, path: Path): TextEdit | undefined {
  const chain = chainTo(root, path);
  if (chain === undefined) return undefined;
  let index = chain.length - 1;
  while (index > 0 && chain[index]?.map.pairs.length === 1) index--;
  const link = chain[index];
  if (link === undefined || isNeededElsewhere(root, link.pair)) return undefined;
  return removePair(source, link.map, link.pair);
}

function isNeededElsewhere(root: YamlMap, { key, value }: YamlPair): boolean {
  const anchors = new Set(anchorsOf(value).keys());
  if (key.anchor !== undefined) anchors.add(key.anchor);
  if (anchors.size === 0) return false;
  let isNeeded = false;
  visit(root, node => {
    if (node.kind === 'alias' && anchors.has(node.name) && !encloses(value.span, node.span)) isNeeded = true;
  });
  return isNeeded;
}

interface Link {
  readonly map: YamlMap;
  readonly pair: YamlPair;
}

function chainTo(root: YamlMap, path: Path): readonly Link[] | undefined {
  const chain: Link[] = [];
  let node: YamlNode = root;
  for (const step of path) {
    if (node.kind !== 'map') return undefined;
    const map: YamlMap = node;
    const pair = map.pairs.findLast(candidate => keyText(candidate.key) === step);
    if (pair === undefined) return undefined;
    chain.push({ map, pair });
    node = pair.value;
  }
  return chain;
}

/** Cuts one pair out of its map; `undefined` when it is the only one on the line of a list's dash. */
export function removePair(source: SourceText, map: YamlMap, pair: YamlPair): TextEdit | undefined {
  const index = map.pairs.indexOf(pair);
  const next = map.pairs[index + 1];
  if (map.flow)
    return removeFlow(map.span, {
      offset: pair.key.span.start,
      end: pair.value.span.end,
      next: next?.key.span.start,
      previousEnd: map.pairs[index - 1]?.value.span.end,
    });
  const line = source.positionAt(pair.key.span.start).line;
  const isOwnLine = source.text.slice(source.lineStart(line), pair.key.span.start).trim() === '';
  if (!isOwnLine)
    return next && { span: { start: pair.key.span.start, end: next.key.span.start }, newText: '' };
  return removeLines(source, {
    from: pair.key.span.start,
    value: pair.value,
    before: map.pairs[index - 1]?.value,
  });
}

/** Cuts one item out of a list, dash and line included. */
export function removeItem(source: SourceText, list: YamlSeq, index: number): TextEdit | undefined {
  const item = list.items[index];
  if (item === undefined) return undefined;
  const next = list.items[index + 1];
  if (list.flow)
    return removeFlow(list.span, {
      offset: item.span.start,
      end: item.span.end,
      next: next?.span.start,
      previousEnd: list.items[index - 1]?.span.end,
    });
  const line = source.positionAt(item.span.start).line;
  const before = source.text.slice(source.lineStart(line), item.span.start).trim();
  // The last item leaves a list without items, which would be null.
  if (before === '-' && list.items.length > 1)
    return removeLines(source, { from: item.span.start, value: item, before: list.items[index - 1] });
  return undefined;
}

interface FlowPart {
  readonly offset: number;
  readonly end: number;
  readonly next: number | undefined;
  readonly previousEnd: number | undefined;
}

function removeFlow(
  outer: { readonly start: number; readonly end: number },
  { offset: at, end, next, previousEnd }: FlowPart,
): TextEdit {
  if (next !== undefined) return { span: { start: at, end: next }, newText: '' };
  if (previousEnd !== undefined) return { span: { start: previousEnd, end }, newText: '' };
  return { span: { start: outer.start + 1, end: outer.end - 1 }, newText: '' };
}

interface Removal {
  readonly from: number;
  readonly value: YamlNode;
  /** The value that ends where the removed lines start. */
  readonly before: YamlNode | undefined;
}

function removeLines(source: SourceText, { from, value, before }: Removal): TextEdit {
  const first = source.positionAt(from).line;
  const text = source.text.slice(from, value.span.end).trimEnd();
  const above = before && deepestLast(before);
  const last = lastSwallowed(source, { first, last: source.positionAt(from + text.length).line, above });
  const start = source.lineStart(first);
  const end = source.lineStart(last + 1);
  // The last line of a text without a final line end: take the line end before it instead.
  if (last + 1 >= source.lineCount && start > 0)
    return { span: { start: source.lineEnd(first - 1), end: source.text.length }, newText: '' };
  return { span: { start, end }, newText: '' };
}

interface RemovedLines {
  readonly first: number;
  readonly last: number;
  readonly above: YamlNode | undefined;
}

/**
 * The last line to take, so that no comment or empty line after becomes part of the `|` or `>` text above.
 */
function lastSwallowed(source: SourceText, { first, last, above }: RemovedLines): number {
  if (above?.kind !== 'scalar' || (above.style !== 'literal' && above.style !== 'folded')) return last;
  const column = indentOf(source, first);
  let swallowed = last;
  for (let line = last + 1; source.lineStart(line) < source.text.length; line++) {
    const content = source.lineText(line).trim();
    const isComment = content.startsWith('#') && indentOf(source, line) > column;
    if (content !== '' && !isComment) break;
    if (isComment || above.keepsLineEnds === true) swallowed = line;
  }
  return swallowed;
}

function indentOf(source: SourceText, line: number): number {
  const text = source.lineText(line);
  return text.length - text.trimStart().length;
}
