import type { BlockItem } from '../../pullSecrets/block.ts';
import type { Contribution } from '../../stack/effective.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { YamlMap, YamlNode } from '../../yaml/nodes.ts';
import { locationOf, type ReportLocation } from '../../findings/location.ts';
import type { Fix } from '../../findings/finding.ts';

/** Where to report a whole item: its value, of a block map the first line. `undefined` for a default. */
export function itemPlace({ effective: at }: BlockItem): ReportLocation | undefined {
  const place = locationOf(at.winner);
  return place && { uri: place.uri, span: firstLine(at.winner.written) ?? place.span };
}

function firstLine(node: YamlNode): Span | undefined {
  const first = node.kind === 'map' && !node.flow ? node.pairs[0] : undefined;
  if (first === undefined) return undefined;
  const { key, value } = first;
  const isShort = value.kind === 'scalar' && value.style !== 'literal' && value.style !== 'folded';
  return { start: key.span.start, end: Math.max(key.span.end, isShort ? value.span.end : 0) };
}

/** A fix by edits in the file that says it; none where the text is elsewhere (alias, merge key). */
export function editFix(
  say: Contribution | undefined,
  { title, applies }: Pick<Fix, 'title' | 'applies'>,
  edits: (file: ValuesFile) => readonly (TextEdit | undefined)[],
): readonly Fix[] {
  const file = say?.layer.file;
  if (say === undefined || file === undefined || say.inherited || say.written.kind === 'alias') return [];
  const changes: Fix['changes'] = () => {
    const found = edits(file).filter(edit => edit !== undefined);
    if (found.length === 0) return [];
    return [{ kind: 'edit', uri: file.uri, edits: found }];
  };
  return [{ title, applies, changes }];
}

/** The edits that put the dash of a list before a map that lacks it. */
export function wrapInList({ source, text }: ValuesFile, map: YamlMap): readonly (TextEdit | undefined)[] {
  const { start, end } = map.span;
  if (map.flow) return [insertion(start, '['), insertion(end, ']')];
  const first = source.positionAt(start).line;
  const last = source.positionAt(end).line;
  const isOwnLine = text.slice(source.lineStart(first), start).trim() === '';
  if (!isOwnLine) return [];
  const below = Array.from({ length: last - first }, (_, index) => source.lineStart(first + 1 + index));
  const isFilled = (at: number): boolean =>
    at < end && /\S/.test(text.slice(at, source.lineEnd(source.positionAt(at).line)));
  return [insertion(start, '- '), ...below.filter(isFilled).map(at => insertion(at, '  '))];
}

export function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}
