import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import { behindColon } from './behindColon.ts';
import { endOfDeeperComments } from './deeperComments.ts';
import { styleInList, styleInMap, styleOfValue } from './flowStyle.ts';
import { insertItemsInFlow, insertPairsInFlow, lastIn, replaceByFlow } from './flowWriting.ts';
import { formatBlock, formatFlow, formatItem, formatPair, formatText, type FlowStyle } from './format.ts';
import { holdsLiteral, holdsNothing } from './literal.ts';
import { findPair, type Anchors } from './lookup.ts';
import type { Path, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './nodes.ts';
import { isList, isRecord, type Value } from './value.ts';

/** The text that edits are made for. A layer embedded in another file has the outer file's text and spans. */
export interface WriteTarget {
  readonly source: SourceText;
  /** `undefined` when there are no values yet. */
  readonly root: YamlMap | undefined;
  readonly anchors: Anchors;
  /** Where what is in brackets goes on on a new line; `undefined`: nowhere, since a text in quotes could not hold that. */
  readonly width?: number | undefined;
}

export interface Assignment {
  /** Keys only: items of lists are edited by `replaceScalar` and `appendItem`. */
  readonly path: readonly string[];
  readonly value: Value;
}

export interface Written {
  readonly edits: readonly TextEdit[];
  /**
   * The paths that cannot be set without touching text that belongs elsewhere,
   * such as below an alias or a text.
   */
  readonly refused: readonly Path[];
}

type Tree = Map<string, Branch>;
type Branch = Tree | Leaf;

interface Leaf {
  readonly leaf: Value;
}

function isLeaf(branch: Branch): branch is Leaf {
  return 'leaf' in branch;
}

/**
 * The smallest edits that give every path its value: existing scalars are replaced in their own style,
 * missing keys are added after the last key of the nearest map that exists, flow maps stay flow maps, and
 * JSON stays JSON.
 */
export function setValues(target: WriteTarget, assignments: readonly Assignment[]): Written {
  const tree: Tree = new Map();
  for (const { path, value } of assignments) plant(tree, path, value);
  if (target.root === undefined) {
    // What is there is not a map, or cannot be read: keys after it would only break it more.
    if (/^[ \t]*[^\s#]/m.test(target.source.text.replace(/^(?:\uFEFF|---|\.\.\.)+(?=\s|$|#)/gm, '')))
      return { edits: [], refused: [...tree.keys()].map(key => [key]) };
    return { edits: appendAtEnd(target, tree), refused: [] };
  }
  const edits: TextEdit[] = [];
  const refused: Path[] = [];
  writeMap(
    { target, step: indentStep(target.root, target.source), style: 'plain', edits, refused },
    target.root,
    tree,
    [],
  );
  return { edits, refused };
}

function plant(tree: Tree, path: readonly string[], value: Value): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    tree.set(key, { leaf: value });
    return;
  }
  const below = tree.get(key);
  const next: Tree = below === undefined || isLeaf(below) ? new Map<string, Branch>() : below;
  tree.set(key, next);
  plant(next, rest, value);
}

interface Writer {
  readonly target: WriteTarget;
  readonly step: number;
  /** Of the nearest map in brackets that has pairs. */
  readonly style: FlowStyle;
  readonly edits: TextEdit[];
  readonly refused: Path[];
}

function writeMap(above: Writer, map: YamlMap, tree: Tree, at: Path): void {
  const writer = { ...above, style: styleInMap(map, above.style) };
  const missing: Tree = new Map();
  for (const [key, below] of tree) {
    const foundPair = findPair(map, key, writer.target.anchors);
    // A merge key's pair is not ours to change, but the map's own pair beats it.
    if (foundPair === undefined || foundPair.inherited) {
      if (foundPair?.inherited === true && !isLeaf(below)) writer.refused.push([...at, key]);
      else missing.set(key, below);
    } else if (!isLeaf(below)) writeBelow(writer, { map, pair: foundPair.pair }, below, [...at, key]);
    else writeLeaf(writer, { map, pair: foundPair.pair }, below.leaf, [...at, key]);
  }
  if (missing.size === 0) return;
  const edit = insertPairs(writer, map, missing);
  if (edit === undefined) writer.refused.push(...[...missing.keys()].map(key => [...at, key]));
  else writer.edits.push(edit);
}

/** A pair, and the map that it is in. */
interface PairPlace {
  readonly map: YamlMap;
  readonly pair: YamlPair;
}

function writeLeaf(writer: Writer, { map, pair }: PairPlace, value: Value, path: Path): void {
  const { value: node } = pair;
  // A value that is the same stays as it is written.
  if (node.kind === 'scalar' && node.value === value && node.style !== 'empty') return;
  const isBlock =
    (isRecord(value) && isReplaceable(node)) ||
    ((holdsLiteral(value) || isLongList(writer, pair, value)) && holdsNothing(node));
  const block = isBlock && !map.flow ? writeBlock(writer, pair, value) : undefined;
  if (block !== undefined) {
    writer.edits.push(block);
    return;
  }
  const edit =
    node.kind === 'scalar' || node.kind === 'alias'
      ? replaceValue(pair, value, writer.target.source, writer.style)
      : replaceEmpty(writer, node, value);
  if (edit === undefined) writer.refused.push(path);
  else writer.edits.push(edit);
}

/** A list that makes too long a line in brackets. */
function isLongList({ target: { source, width } }: Writer, { key }: YamlPair, value: Value): boolean {
  if (width === undefined || !isList(value)) return false;
  return source.positionAt(key.span.end).character + formatFlow(value).length + 2 > width;
}

function writeBelow(writer: Writer, { map, pair }: PairPlace, tree: Tree, path: Path): void {
  const { value } = pair;
  const isKept = map.flow || !isPlaceholder(writer.target.source.text, value);
  const block = isKept ? undefined : writeBlock(writer, pair, valueOfTree(tree));
  if (block !== undefined) writer.edits.push(block);
  else if (value.kind === 'map') writeMap(writer, value, tree, path);
  else if (value.kind === 'scalar' && value.type === 'null' && !map.flow)
    writer.edits.push(fillNull(writer, pair, value, tree));
  else {
    const edit = replaceEmpty(writer, value, valueOfTree(tree));
    if (edit === undefined) writer.refused.push(path);
    else writer.edits.push(edit);
  }
}

/** An empty map in brackets, or null in words: both only keep the place of a section. */
function isPlaceholder(text: string, node: YamlNode): boolean {
  if (node.kind === 'map') return node.flow && node.pairs.length === 0 && !hasHiddenContent(text, node);
  return node.kind === 'scalar' && node.type === 'null' && node.style !== 'empty';
}

/** A scalar on one line, whose end is where it seems to be. */
function isReplaceable(node: YamlNode): boolean {
  return (
    node.kind === 'scalar' && (node.style === 'plain' || node.style === 'single' || node.style === 'double')
  );
}

/**
 * Gives a pair of a block map a map below its key in place of what it has. A comment stays, unless it says to
 * remove what goes. `undefined` where there is more on the line, or an anchor or a tag.
 */
function writeBlock(
  { target: { source }, step }: Writer,
  pair: YamlPair,
  value: Value,
): TextEdit | undefined {
  const { key, value: node } = pair;
  const colon = /^[ \t]*:/.exec(source.text.slice(key.span.end, key.span.end + 64))?.[0].length;
  const keyLine = source.positionAt(key.span.start).line;
  const line = source.positionAt(node.span.start).line;
  const end = source.lineEnd(line);
  const after = source.text.slice(node.span.end, Math.max(node.span.end, end));
  const isAlone = node.span.end <= end && /^[ \t]*(?:#.*)?$/.test(after);
  if (colon === undefined || !isAlone || node.anchor !== undefined || node.tag !== undefined)
    return undefined;
  const indent = ' '.repeat(columnOfKey(source, key) + step);
  const lines = (formatBlock(value, step) ?? []).map(text => indent + text);
  const comment = /\bremove this\b/i.test(after) ? '' : after.trim();
  if (line === keyLine) {
    const kept = comment === '' ? '' : ` ${comment}`;
    const newText = [kept, ...lines].join(source.eol);
    return { span: { start: key.span.end + colon, end }, newText };
  }
  const start = source.lineStart(line);
  if (source.text.slice(start, node.span.start).trim() !== '') return undefined;
  if (comment !== '') lines.unshift(indent + comment);
  return { span: { start, end }, newText: lines.join(source.eol) };
}

/**
 * Writes in place of `[]`, `{}` or `""`, which hold nothing that could be lost;
 * `undefined` for anything else.
 */
function replaceEmpty({ target, style }: Writer, node: YamlNode, value: Value): TextEdit | undefined {
  const isEmpty = /^(?:\[ *\]|\{ *\}|""|'')$/.test(target.source.text.slice(node.span.start, node.span.end));
  if (!isEmpty || node.anchor !== undefined) return undefined;
  return replaceByFlow({ source: target.source, width: target.width }, node, value, style);
}

/** Gives a key without a value, or with `~`, the tree as its value. */
function fillNull(writer: Writer, pair: YamlPair, value: YamlScalar, tree: Tree): TextEdit {
  const { source, width } = writer.target;
  if (value.style !== 'empty') return replaceByFlow({ source, width }, value, valueOfTree(tree), 'plain');
  const { start } = pair.key.span;
  const at = source.lineEnd(source.positionAt(start).line);
  const indent = ' '.repeat(columnOfKey(source, pair.key) + writer.step);
  const lines = treeLines(tree, writer.step).map(line => indent + line);
  return { span: { start: at, end: at }, newText: source.eol + lines.join(source.eol) };
}

/** `undefined` where the map holds only what is not a pair to us, such as `{{ a template }}`. */
function insertPairs(writer: Writer, map: YamlMap, tree: Tree): TextEdit | undefined {
  const { source } = writer.target;
  const last = map.pairs.at(-1);
  if (map.flow) {
    if (hasHiddenContent(source.text, map)) return undefined;
    const pairs = [...tree].map(([key, below]) => [key, valueOfBranch(below)] as const);
    return insertPairsInFlow({ source, width: writer.target.width }, map, pairs, writer.style);
  }
  if (last === undefined) return undefined;
  const indent = ' '.repeat(columnOfKey(source, last.key));
  return insertLines(
    source,
    last.value,
    treeLines(tree, writer.step).map(line => indent + line),
  );
}

function hasHiddenContent(text: string, map: YamlMap): boolean {
  const inside = text.slice(map.span.start + 1, map.span.end - 1);
  return map.pairs.length === 0 && inside.replace(/#.*/g, '').trim() !== '';
}

/** Whole lines after the last line of a node. */
function insertLines(source: SourceText, behind: YamlNode, lines: readonly string[]): TextEdit {
  const last = deepestLast(behind);
  const end = contentEnd(source, last);
  if (last.kind === 'scalar' && last.keepsLineEnds === true) {
    const start = source.lineStart(source.positionAt(end).line);
    // A last line of blanks without an end would be one more line of the text if it got an end.
    const isBlank = source.text.slice(start, end).trim() === '';
    const text = lines.join(source.eol) + source.eol;
    if (isBlank) return { span: { start, end: start }, newText: text };
    return { span: { start: end, end }, newText: source.eol + text };
  }
  const at = endOfDeeperComments(source, end, lines[0]?.search(/\S/) ?? 0);
  return { span: { start: at, end: at }, newText: source.eol + lines.join(source.eol) };
}

/** The node that ends a block collection, itself no block collection; another node is its own. */
export function deepestLast(node: YamlNode): YamlNode {
  if ((node.kind !== 'map' && node.kind !== 'seq') || node.flow) return node;
  const last = lastIn(node);
  if (last === undefined) return node;
  return deepestLast(last);
}

/** Where the node's own text ends: a block scalar's span runs on to the next line. */
function contentEnd(source: SourceText, node: YamlNode): number {
  if (
    node.kind !== 'scalar' ||
    node.keepsLineEnds === true ||
    (node.style !== 'literal' && node.style !== 'folded')
  )
    return node.span.end;
  return node.span.start + source.text.slice(node.span.start, node.span.end).trimEnd().length;
}

function appendAtEnd({ source }: WriteTarget, tree: Tree): readonly TextEdit[] {
  const end = source.text.length;
  const needsBreak = end > 0 && source.positionAt(end).character > 0;
  const lines = treeLines(tree, 2).join(source.eol);
  return [{ span: { start: end, end }, newText: (needsBreak ? source.eol : '') + lines + source.eol }];
}

function treeLines(tree: Tree, step: number): readonly string[] {
  return [...tree].flatMap(([key, below]) => formatPair(key, valueOfBranch(below), step));
}

function valueOfTree(tree: Tree): Value {
  return Object.fromEntries([...tree].map(([key, below]) => [key, valueOfBranch(below)]));
}

function valueOfBranch(branch: Branch): Value {
  if (isLeaf(branch)) return branch.leaf;
  return valueOfTree(branch);
}

/** How far an offset is from the start of its line; a byte order mark takes no room. */
function columnOf(source: SourceText, offset: number): number {
  const { line, character } = source.positionAt(offset);
  if (line === 0 && source.text.startsWith('\uFEFF')) return Math.max(0, character - 1);
  return character;
}

/** The same of a key with its anchor and tag, which are what YAML measures by. */
function columnOfKey(source: SourceText, { span, anchor, tag }: YamlScalar): number {
  if (anchor === undefined && tag === undefined) return columnOf(source, span.start);
  const { line } = source.positionAt(span.start);
  const before = source.text.slice(source.lineStart(line), span.start);
  const first = before.search(/[&!]/);
  return columnOf(source, first < 0 ? span.start : source.lineStart(line) + first);
}

/** How many spaces a level is indented by: that of the first nested map, else 2. */
export function indentStep(root: YamlMap, source: SourceText): number {
  for (const { key, value } of root.pairs) {
    const first = value.kind === 'map' && !value.flow ? value.pairs[0] : undefined;
    if (first === undefined) continue;
    const step = columnOfKey(source, first.key) - columnOfKey(source, key);
    if (step > 0) return step;
  }
  return 2;
}

/**
 * Replaces the value of a pair by a scalar or flow value; `undefined` for a block scalar, which has no such
 * small edit. A tag goes with the value, as it says how to read that; an anchor stays. Quotes of the old
 * value stay, else `style` counts.
 */
export function replaceValue(
  pair: YamlPair,
  value: Value,
  source: SourceText,
  style: FlowStyle = styleOfValue(pair),
): TextEdit | undefined {
  const node = pair.value;
  if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) return undefined;
  const isQuoted = node.kind === 'scalar' && (node.style === 'single' || node.style === 'double');
  const text =
    typeof value === 'string' && isQuoted ? formatText(value, node.style) : formatFlow(value, style);
  const keepsTag = node.tag === undefined || (node.tag === '!!str' && typeof value === 'string');
  const isEmpty = node.span.start === node.span.end;
  if (keepsTag && !isEmpty) return { span: node.span, newText: text };
  const at = behindColon(pair, source.text);
  if (at === undefined) return undefined;
  return { span: { start: at, end: isEmpty ? at : node.span.end }, newText: ` ${text}` };
}

/** Replaces a scalar that is not a value of a pair, such as a list item, in its own style. */
export function replaceScalar(node: YamlScalar, text: string): TextEdit | undefined {
  if (node.style === 'literal' || node.style === 'folded' || node.style === 'empty') return undefined;
  return { span: node.span, newText: formatText(text, node.style) };
}

/** Adds items after the last one of a list. `width`: as of `WriteTarget`. */
export function appendItems(
  source: SourceText,
  list: YamlSeq,
  items: readonly Value[],
  width?: number,
): TextEdit {
  const last = list.items.at(-1);
  if (list.flow || last === undefined)
    return insertItemsInFlow({ source, width }, list, items, styleInList(list, source));
  const indent = ' '.repeat(columnOf(source, list.span.start));
  return insertLines(
    source,
    last,
    items.flatMap(item => formatItem(item, 2)).map(line => indent + line),
  );
}

/** Gives a key another name, in its own style. */
export function renameKey(key: YamlScalar, name: string): TextEdit {
  return { span: key.span, newText: formatText(name, key.style) };
}
