import { parseJson, type JsonNode } from '../text/json.ts';
import { anchorsOf } from '../yaml/lookup.ts';
import { parseYaml } from '../yaml/parse.ts';
import { isList, isRecord, valueOf, type Value } from '../yaml/value.ts';
import { tellsReference } from './references.ts';

/** What a text of a manifest holds: values, or lines that name images where it cannot be parsed. */
export interface ReadText {
  readonly values: readonly Value[];
  readonly lines: readonly ImageLine[];
  /** Whether it is YAML or JSON, and no value of it is a mere word. */
  readonly isStructured: boolean;
}

export interface ImageLine {
  /** 1-based. */
  readonly line: number;
  readonly image: string;
}

/** Never fails: a text that is neither JSON nor YAML is searched line by line. */
export function readText(text: string): ReadText {
  const json = /^\s*[{[]/.test(text) ? parseJson(text.trim()) : undefined;
  if (json !== undefined) return { values: [jsonValue(json)], lines: [], isStructured: true };
  const { documents, problems } = parseYaml(text);
  if (problems.length > 0) return { values: [], lines: linesOf(text), isStructured: false };
  const all = documents.map(({ root }) => valueOf(root, anchorsOf(root)));
  const values = all.filter(value => isRecord(value) || isList(value));
  const isStructured = all.every(value => value === null || isRecord(value) || isList(value));
  return { values, lines: [], isStructured };
}

/** Numbers do not count here. */
function jsonValue(node: JsonNode): Value {
  if (node.kind === 'string') return node.text;
  if (node.kind === 'list') return node.items.map(jsonValue);
  if (node.kind !== 'object') return null;
  return Object.fromEntries(node.members.map(({ key, value }) => [key, jsonValue(value)]));
}

function linesOf(text: string): readonly ImageLine[] {
  const lines: ImageLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const key = /^\s*(?:-\s+)?["']?image["']?\s*:/.exec(line)?.[0];
    if (key === undefined) continue;
    const rest = line.slice(key.length).trimStart().replace(/^["']/, '');
    const image = /^[^\s"',{}#]+(?=["'\s,]|$)/.exec(rest)?.[0];
    const isReference = image !== undefined && (tellsReference(image) || image.includes('/'));
    if (isReference) lines.push({ line: index + 1, image });
  }
  return lines;
}
