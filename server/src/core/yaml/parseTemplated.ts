import { firstDocument } from './lookup.ts';
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from './nodes.ts';
import { parseYaml, type ParsedYaml } from './parse.ts';
import { maskCommentedValues, maskTemplateLines, maskTemplates } from './templates.ts';

/** A text as its YAML is when another tool has filled it in, as far as that can be told. */
export interface TemplatedYaml {
  readonly yaml: ParsedYaml;
  /** It could only be read with its templates masked. */
  readonly isMasked: boolean;
}

/**
 * Parses a text that may be a template. Only where it cannot be read as it is, its templates are masked:
 * what is wrong beside them stays a problem. `isString`: it is a string of another file, which is filled in
 * with that, so lines of templates in it are never values.
 */
export function parseTemplated(text: string, previous?: ParsedYaml, isString = false): TemplatedYaml {
  const lines = isString ? maskTemplateLines(text) : text;
  const plain = maskCommentedValues(lines);
  const yaml = asWrittenIn(parseYaml(plain, previous), lines, plain);
  const asIs = { yaml, isMasked: false };
  if (yaml.problems.length === 0 && firstDocument(yaml)?.kind !== 'scalar') return asIs;
  const masked = maskCommentedValues(maskTemplates(text));
  if (masked === plain) return asIs;
  const read = parseYaml(masked, previous);
  if (read.problems.length > yaml.problems.length) return asIs;
  return { yaml: asWrittenIn(read, text, masked), isMasked: true };
}

/** What a masked text was parsed into, with the values of the real one. */
function asWrittenIn(yaml: ParsedYaml, text: string, masked: string): ParsedYaml {
  if (masked === text) return yaml;
  const documents = yaml.documents.map(({ root, span }) => ({
    root: root && withWritten(root, text, masked),
    span,
  }));
  return { ...yaml, documents };
}

/** A node with its scalars as they are written. */
function withWritten(node: YamlNode, text: string, masked: string): YamlNode {
  const { start, end } = node.span;
  if (node.kind === 'alias' || text.slice(start, end) === masked.slice(start, end)) return node;
  if (node.kind === 'scalar') return asWritten(node, text);
  if (node.kind === 'seq') return { ...node, items: node.items.map(item => withWritten(item, text, masked)) };
  const pairs = node.pairs.map(({ key, value }): YamlPair => {
    const { start: from, end: to } = key.span;
    const isSame = text.slice(from, to) === masked.slice(from, to);
    return { key: isSame ? key : asWritten(key, text), value: withWritten(value, text, masked) };
  });
  const map: YamlMap = { ...node, pairs };
  return map;
}

function asWritten(node: YamlScalar, text: string): YamlScalar {
  if (node.style === 'literal' || node.style === 'folded') return node;
  const written = text.slice(node.span.start, node.span.end);
  const isQuoted = node.style !== 'plain';
  const alone = isQuoted ? parseYaml(written) : undefined;
  const root = alone?.problems.length === 0 ? firstDocument(alone) : undefined;
  if (root?.kind === 'scalar') return { ...node, value: root.value, source: root.source };
  const content = isQuoted ? written.slice(1, -1) : inOneLine(written);
  return { ...node, value: content, source: content };
}

function inOneLine(text: string): string {
  return text
    .split('\n')
    .map(line => line.trim())
    .join(' ');
}
