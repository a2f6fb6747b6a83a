import type { ValuesFile } from '../stack/valuesFile.ts';
import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import { touches } from '../text/span.ts';
import { contextAt, writtenLines, type CursorContext, type WrittenLine } from '../yaml/context.ts';
import { findPath, pairsOf, resolved } from '../yaml/lookup.ts';
import { keyText, type Path } from '../yaml/nodes.ts';
import { indentStep } from '../yaml/write.ts';
import type { TypedText } from './typedText.ts';

/** Where something may be typed, and what is beside it. */
export interface CompletionPlace {
  readonly file: ValuesFile;
  /** Of the cursor, in the text that is typed in. */
  readonly offset: number;
  /**
   * `key`: in the map at `path`. `item`: in the list at `path`. `entry`: in either, as nothing else is there
   * yet. `value`: after the key at `path`.
   */
  readonly on: 'key' | 'entry' | 'item' | 'value';
  readonly path: Path;
  /** The keys and scalar items beside it. */
  readonly beside: readonly string[];
  /** The step of the item in its list; 0 except for `item`. */
  readonly index: number;
  /** An item needs a dash before it. */
  readonly needsDash: boolean;
  /** An item that can only be a map, since more of its keys follow. */
  readonly isMap: boolean;
  readonly flow: boolean;
  /** Lines can be written below, as nothing is there that belongs to what is typed. */
  readonly hasRoom: boolean;
  /** By how many spaces a level is indented. */
  readonly step: number;
  /** A colon is after what is typed. */
  readonly hasColon: boolean;
  /** The quote that what is typed begins with; empty when it has none. */
  readonly quote: string;
  /** Writes a text in place of what is typed, as an edit of the real file. Further lines are relative to it. */
  readonly write: (newText: string) => TextEdit;
}

/**
 * `undefined` where nothing can be typed that would belong to the values: in comments, after a closing quote,
 * …
 */
export function completionPlace({ file, typing }: TypedText): CompletionPlace | undefined {
  const context = contextAt(typing.source, typing.offset);
  if (context === undefined || !isTypable(context, typing.offset)) return undefined;
  if (context.flow && isBeforeOther(context, typing.source)) return undefined;
  const { line } = typing.source.positionAt(typing.offset);
  const lines = context.flow ? [] : writtenLines(typing.source).filter(other => other.line !== line);
  const cursor: Cursor = { file, typing, context, lines };
  const place = context.on === 'key' ? keyPlace(cursor) : valuePlace(cursor);
  return place && { ...place, file, offset: typing.offset, ...writing(cursor), ...roomFor(cursor) };
}

interface Cursor {
  readonly file: ValuesFile;
  readonly typing: TypedText['typing'];
  readonly context: CursorContext;
  /** What the other lines begin; empty in brackets. */
  readonly lines: readonly WrittenLine[];
}

type Position = Pick<CompletionPlace, 'on' | 'path' | 'beside' | 'index' | 'needsDash' | 'isMap'>;

/** What is written is a word, perhaps in quotes that the cursor is in. */
function isTypable({ text, span }: CursorContext, offset: number): boolean {
  if (!touches(span, offset) || /^[&*!|>%@`{[?]|\$\{|\{\{|[\r\n]/.test(text)) return false;
  const isQuoted = /^["']/.test(text);
  const isClosed = isQuoted && text.length > 1 && text.endsWith(text[0] ?? '');
  return !isQuoted || (offset > span.start && (!isClosed || offset < span.end));
}

function keyPlace(cursor: Cursor): Position | undefined {
  const { context, typing, lines } = cursor;
  const path = context.text === '' ? context.path : context.path.slice(0, -1);
  const beside = keysBeside(cursor, path);
  if (/[ \t]/.test(context.text.trim())) return undefined;
  if (context.flow) return { on: 'key', path, beside, index: 0, needsDash: false, isMap: true };
  const { line, character } = typing.source.positionAt(context.span.start);
  const below = lines.filter(other => isChild(other.path, path));
  const isMisplaced = below.some(other => other.column !== character) || hasValue(lines, path);
  const next = lines.find(other => other.line > line);
  const isAbove = context.text === '' && next !== undefined && next.column > character;
  if (isMisplaced || isAbove || isInText(typing.source, line, character)) return undefined;
  const items = below.filter(other => typeof other.path.at(-1) === 'number');
  const startsItem = isStartOfItem(typing.source, context.span.start);
  if (items.length > 0 && startsItem) return undefined;
  if (items.length > 0)
    return { on: 'item', path, ...itemsBeside(cursor, path), needsDash: true, isMap: false };
  const isMap = below.length > 0 || startsItem;
  return { on: isMap ? 'key' : 'entry', path, beside, index: 0, needsDash: !isMap, isMap };
}

/** Whether the lines around have words alone, as a text over several lines has. */
function isInText(source: SourceText, line: number, column: number): boolean {
  const isWords = (text: string | undefined): boolean =>
    text !== undefined && /^[^\s#:[\]{}-](?:(?!:(?:\s|$)|\s#).)*$/.test(text.trim());
  const columnOf = (text: string | undefined): number => text?.search(/\S/) ?? -1;
  const above = lineFrom(source, line, -1);
  const below = lineFrom(source, line, 1);
  return (isWords(above) && columnOf(above) <= column) || (isWords(below) && columnOf(below) >= column);
}

/** The first line that is not blank, going up or down. */
function lineFrom(source: SourceText, line: number, step: 1 | -1): string | undefined {
  for (let at = line + step; at >= 0 && at < source.lineCount; at += step) {
    const text = source.lineText(at);
    if (/\S/.test(text)) return text;
  }
  return undefined;
}

/** Whether something follows that would have to be divided from what is typed by a comma. */
function isBeforeOther({ text, span }: CursorContext, source: SourceText): boolean {
  if (text !== '') return false;
  const rest = source.text.slice(span.end);
  const gap = /^(?:\s|#.*)*/.exec(rest)?.[0] ?? '';
  if (/^[,\]}]|^$/.test(rest.slice(gap.length))) return false;
  const own = source.lineText(source.positionAt(span.start).line);
  const next = gap.length - 1 - Math.max(gap.lastIndexOf('\r'), gap.lastIndexOf('\n'));
  return !/[\r\n]/.test(gap) || own.trim() === '' || next > own.search(/\S/);
}

/** Whether a dash is before it, so that it is the first key of an item. */
function isStartOfItem(source: SourceText, start: number): boolean {
  const { line } = source.positionAt(start);
  return source.text.slice(source.lineStart(line), start).includes('-');
}

function valuePlace(cursor: Cursor): Position | undefined {
  const { context, typing, lines } = cursor;
  const { line, character } = typing.source.positionAt(context.span.start);
  const below = lines.filter(other => isBelow(other.path, context.path));
  if (context.on === 'value') {
    const isTaken = !context.flow && below.some(other => other.line > line);
    if (isTaken) return undefined;
    return { on: 'value', path: context.path, beside: [], index: 0, needsDash: false, isMap: false };
  }
  const children = below.filter(other => isChild(other.path, context.path));
  const isAfterDash = typing.source.text[context.span.start - 1] === '-';
  const column = isAfterDash ? character + 1 : character;
  if (children.some(other => other.column !== column)) return undefined;
  const list = context.path.slice(0, -1);
  const { beside } = itemsBeside(cursor, list);
  const index = Number(context.path.at(-1));
  const keys = keysBeside(cursor, context.path);
  const isMap = children.length > 0;
  return { on: 'item', path: list, beside: isMap ? keys : beside, index, needsDash: false, isMap };
}

function isBelow(path: Path, above: Path): boolean {
  return path.length > above.length && above.every((step, index) => path[index] === step);
}

function isChild(path: Path, parent: Path): boolean {
  return path.length === parent.length + 1 && isBelow(path, parent);
}

/** Whether a key has more on its own line than what may be before a map. */
function hasValue(lines: readonly WrittenLine[], path: Path): boolean {
  if (typeof path.at(-1) !== 'string') return false;
  const own = lines.filter(
    line => line.path.length === path.length && path.every((step, at) => line.path[at] === step),
  );
  // A text has no blanks at its ends.
  return own.some(({ text }) => text.split(/\s+/).some(word => word !== '' && !/^[&!]/.test(word)));
}

/** By the lines, and by the tree, which knows what is in brackets or merged. */
function keysBeside({ file, context, lines }: Cursor, path: Path): readonly string[] {
  const node = findPath(file.root, path, file.anchors)?.node;
  const map = node && resolved(node, file.anchors);
  const keys = lines.filter(line => isChild(line.path, path)).map(line => String(line.path.at(-1)));
  if (map?.kind !== 'map') return keys;
  for (const { pair } of pairsOf(map, file.anchors).values()) {
    const isOwn = context.text !== '' && touches(pair.key.span, context.span.start);
    if (!isOwn) keys.push(keyText(pair.key));
  }
  return keys;
}

function itemsBeside({ file, context, lines }: Cursor, path: Path): Pick<Position, 'beside' | 'index'> {
  const node = findPath(file.root, path, file.anchors)?.node;
  const beside = lines
    .filter(line => isChild(line.path, path))
    .map(line => line.text.replace(/^(["'])(.*)\1$/, '$2'));
  const index = beside.length;
  if (node?.kind !== 'seq') return { beside, index };
  for (const item of node.items)
    if (item.kind === 'scalar' && !touches(item.span, context.span.start)) beside.push(item.source);
  return { beside, index };
}

function writing({
  context,
  typing,
}: Cursor): Pick<CompletionPlace, 'flow' | 'hasColon' | 'quote' | 'write'> {
  const { text, flow, span } = context;
  const { source } = typing;
  const before = source.text[span.start - 1] ?? '';
  const after = source.text.slice(span.end, source.lineEnd(source.positionAt(span.end).line));
  const needsBlank = text === '' && ((context.on === 'value' && before === ':') || (!flow && before === '-'));
  return {
    flow,
    hasColon: context.on === 'key' && /^[ \t]*:/.test(after),
    quote: /^["']/.exec(text)?.[0] ?? '',
    write: newText => {
      const text = newText.replaceAll('\n', source.eol + indentBefore(source, span.start));
      return typing.editToOuter({ span, newText: needsBlank ? ` ${text}` : text });
    },
  };
}

/** Blanks as wide as what is before an offset in its line; a dash counts as one. */
function indentBefore(source: SourceText, offset: number): string {
  const start = source.lineStart(source.positionAt(offset).line);
  return source.text.slice(start, offset).replace(/[^\t]/g, ' ');
}

function roomFor({ file, typing, context, lines }: Cursor): Pick<CompletionPlace, 'hasRoom' | 'step'> {
  const { source, holdsLines } = typing;
  const { text, span, flow } = context;
  const { line } = source.positionAt(span.start);
  const column = source.lineText(line).search(/\S|$/);
  const next = lines.find(other => other.line > line);
  const isLast = source.text.slice(span.end, source.lineEnd(line)).trim() === '';
  const isPlain = holdsLines && !flow && !/^["']/.test(text);
  return {
    hasRoom: isPlain && isLast && (next === undefined || next.column <= column),
    step: file.map === undefined ? 2 : indentStep(file.map, file.source),
  };
}
