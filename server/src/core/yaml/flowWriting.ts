import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import {
  breakFlow,
  deeper,
  formatFlow,
  formatFlowLines,
  formatFlowPair,
  joinLines,
  type FlowStyle,
} from './format.ts';
import type { YamlMap, YamlNode, YamlSeq } from './nodes.ts';
import type { Value } from './value.ts';

/** How long the lines of a text may be; `undefined`: no text in brackets can go on on a new line. */
export type Width = number | undefined;

/** On one line where it fits; else on lines of their own, so that what is there stays as it is. */
export function insertPairsInFlow(
  { source, width }: { readonly source: SourceText; readonly width: Width },
  map: YamlMap,
  pairs: readonly (readonly [string, Value])[],
  style: FlowStyle,
): TextEdit {
  const edit = insertFlow(
    map,
    pairs.map(([key, value]) => formatFlowPair(key, value, style)),
  );
  if (width === undefined || !isTooWide(source, width, edit)) return edit;
  const value = Object.fromEntries(pairs);
  const last = map.pairs.at(-1);
  if (last === undefined) return breakEmpty({ source, width }, { map, edit, style }, value);
  const indent = indentOfLine(source, last.key) ?? deeper(insetOf(source, map));
  const lines = joinLines(
    pairs.map(([key, part]) => formatFlowLines(key, part, { style, indent, widest: width })),
  );
  return linesAfter(source, last.value, lines);
}

/** Items in a list, in the same way. */
export function insertItemsInFlow(
  { source, width }: { readonly source: SourceText; readonly width: Width },
  list: YamlSeq,
  items: readonly Value[],
  style: FlowStyle,
): TextEdit {
  const edit = insertFlow(
    list,
    items.map(item => formatFlow(item, style)),
  );
  const last = list.items.at(-1);
  if (width === undefined || last === undefined || !isTooWide(source, width, edit)) return edit;
  const indent = indentOfLine(source, last) ?? deeper(insetOf(source, list));
  return linesAfter(source, last, joinLines(items.map(item => [indent + formatFlow(item, style)])));
}

/** Lines after the last part of a map or list in brackets. A comment stays where it is, after what it is about. */
function linesAfter(source: SourceText, last: YamlNode, lines: readonly string[]): TextEdit {
  const start = last.span.end;
  const end = source.lineEnd(source.positionAt(start).line);
  const rest = source.text.slice(start, end);
  const isBeforeComment = /^(?:[ \t]*,)?[ \t]+#/.test(rest);
  if (!isBeforeComment) return { span: { start, end: start }, newText: [',', ...lines].join(source.eol) };
  const comma = rest.trimStart().startsWith(',') ? '' : ',';
  return { span: { start, end }, newText: [comma + rest, ...lines].join(source.eol) };
}

/** Pairs in a map that has none; on one line where a comment or blanks are in it. */
function breakEmpty(
  { source, width }: { readonly source: SourceText; readonly width: number },
  { map, edit, style }: { readonly map: YamlMap; readonly edit: TextEdit; readonly style: FlowStyle },
  value: Value,
): TextEdit {
  const indent = deeper(insetOf(source, map));
  const lines = breakFlow(value, { style, indent, widest: width });
  if (lines === undefined || map.span.end - map.span.start > 2) return edit;
  return { ...edit, newText: ['', ...lines.slice(1, -1), indent].join(source.eol) };
}

/** What a value in brackets is written as in place of a node: on several lines where the line gets too long. */
export function replaceByFlow(
  { source, width }: { readonly source: SourceText; readonly width: Width },
  node: YamlNode,
  value: Value,
  style: FlowStyle,
): TextEdit {
  const edit = { span: node.span, newText: formatFlow(value, style) };
  if (width === undefined || !isTooWide(source, width, edit)) return edit;
  const indent = deeper(insetOf(source, node));
  const lines = breakFlow(value, { style, indent, widest: width });
  return lines === undefined ? edit : { ...edit, newText: lines.join(source.eol) };
}

function isTooWide(source: SourceText, width: number, { span, newText }: TextEdit): boolean {
  const line = source.lineText(source.positionAt(span.start).line);
  return line.length - (span.end - span.start) + newText.length > width;
}

/** The blanks before the line in which a node begins; JSON may have tabs there. */
function insetOf(source: SourceText, { span }: YamlNode): string {
  const line = source.lineText(source.positionAt(span.start).line);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The blanks before a node that begins its line; `undefined`: something else is before it. */
function indentOfLine(source: SourceText, node: YamlNode): string | undefined {
  const inset = insetOf(source, node);
  return inset.length === source.positionAt(node.span.start).character ? inset : undefined;
}

/** Parts after the last one of a map or list in brackets. */
export function insertFlow(map: YamlMap | YamlSeq, parts: readonly string[]): TextEdit {
  const last = lastIn(map);
  if (last === undefined) {
    const at = map.span.start + 1;
    return { span: { start: at, end: at }, newText: parts.join(', ') };
  }
  const at = last.span.end;
  return { span: { start: at, end: at }, newText: `, ${parts.join(', ')}` };
}

/** The value or item that ends a map or list; `undefined`: it is empty. */
export function lastIn(node: YamlMap | YamlSeq): YamlNode | undefined {
  if (node.kind === 'map') return node.pairs.at(-1)?.value;
  return node.items.at(-1);
}
