import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import { formatFlowLines, formatFlowPair, joinLines, widestLine, type FlowStyle } from './format.ts';
import type { YamlMap, YamlNode, YamlSeq } from './nodes.ts';
import type { Value } from './value.ts';

/** On one line where it fits; else on lines of their own, so that what is there stays as it is. */
export function insertPairsInFlow(
  { source, breaksLines }: { readonly source: SourceText; readonly breaksLines: boolean },
  map: YamlMap,
  pairs: readonly (readonly [string, Value])[],
  style: FlowStyle,
): TextEdit {
  const edit = insertFlow(
    map,
    pairs.map(([key, value]) => formatFlowPair(key, value, style)),
  );
  const line = source.lineText(source.positionAt(edit.span.start).line);
  if (!breaksLines || map.pairs.length === 0 || line.length + edit.newText.length <= widestLine) return edit;
  const first = source.lineText(source.positionAt(map.span.start).line);
  const indent = ' '.repeat(first.length - first.trimStart().length + 2);
  const lines = joinLines(pairs.map(([key, value]) => formatFlowLines(key, value, style, indent)));
  return { ...edit, newText: [',', ...lines].join(source.eol) };
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
