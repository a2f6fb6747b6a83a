import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import type { Fix } from '../../findings/finding.ts';
import type { Contribution } from '../../stack/effective.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import type { TextEdit } from '../../text/edit.ts';
import { visit } from '../../yaml/lookup.ts';
import { isShared } from '../image/rewriteChanges.ts';
import type { YamlNode, YamlPair, YamlScalar } from '../../yaml/nodes.ts';

/** A text as the list of it; none where it holds several documents, of which only the first would be read. */
export function listOfTextFix({ layer, path, pair, uri }: WrittenKey): readonly Fix[] {
  const { value } = pair;
  const { file } = layer;
  if (file === undefined || value.kind !== 'scalar' || typeof value.value !== 'string') return [];
  if (value.value === '' || /^---/m.test(value.value) || value.style === 'folded') return [];
  if (isShared(layer, path)) return [];
  const changes: Fix['changes'] = () => {
    if (value.style !== 'literal') return [{ kind: 'set', layer, path, value: [value.value] }];
    const edits = itemEdits(file, pair, value);
    return edits.length === 0 ? [] : [{ kind: 'edit', uri, edits }];
  };
  return [{ title: 'Make it a list with this text', applies: 'all', changes }];
}

/** The edits that make a block scalar below a key the only item of a list there. */
function itemEdits({ text, source }: ValuesFile, { key }: YamlPair, value: YamlScalar): readonly TextEdit[] {
  const keyLine = source.positionAt(key.span.start).line;
  const first = source.positionAt(value.span.start).line;
  const margin = text.slice(source.lineStart(keyLine), key.span.start);
  const header = text.slice(value.span.start, source.lineEnd(first));
  const between = /^\s*:( +)$/.exec(text.slice(key.span.end, value.span.start))?.[1];
  if (margin.trim() !== '' || between === undefined || !/^\|[-+]?\s*$/.test(header)) return [];
  const lines: number[] = [];
  for (let line = first + 1; source.lineStart(line) < value.span.end; line++) {
    const content = text.slice(source.lineStart(line), source.lineEnd(line));
    if (content.trim() !== '') lines.push(source.lineStart(line));
    if (line >= source.positionAt(value.span.end).line) break;
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const start = { start: value.span.start - between.length, end: value.span.start };
  return [
    { span: start, newText: `${lineEnd}${margin}  - ` },
    ...lines.map(at => ({ span: { start: at, end: at }, newText: '  ' })),
  ];
}

/** A manifest that is written as YAML of the values as the text that it should be. */
export function textOfItemFix({ layer, written, inherited }: Contribution): readonly Fix[] {
  const { file } = layer;
  if (file === undefined || inherited || written.kind !== 'map' || written.flow || !isPlain(written))
    return [];
  const { text, source, uri } = file;
  const { start, end } = written.span;
  const margin = text.slice(source.lineStart(source.positionAt(start).line), start);
  if (!/^ *- +$/.test(margin) || text.slice(start, end).includes('{{')) return [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const edit = { span: { start, end: start }, newText: `|${lineEnd}${' '.repeat(margin.length)}` };
  return [{ title: 'Make it a text', applies: 'all', changes: () => [{ kind: 'edit', uri, edits: [edit] }] }];
}

/** Without anchors and aliases, which would be others in a text of its own. */
function isPlain(node: YamlNode): boolean {
  let plain = true;
  visit(node, child => {
    if (child.anchor !== undefined || child.kind === 'alias') plain = false;
  });
  return plain;
}
