import type { SourceText } from '../text/sourceText.ts';
import type { FlowStyle } from './format.ts';
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from './nodes.ts';

/**
 * How new pairs of a map are to be written, were they in brackets; `above` counts for a map without pairs.
 */
export function styleInMap(map: YamlMap, above: FlowStyle): FlowStyle {
  if (!map.flow) return 'plain';
  if (map.pairs.length === 0) return above;
  return map.pairs.every(isJson) ? 'json' : 'plain';
}

/** A key may be in quotes because it needs them; then its text is not. */
function isJson({ key, value }: YamlPair): boolean {
  const isText = value.kind === 'scalar' && value.type === 'string';
  return key.style === 'double' && (!isText || value.style === 'double');
}

/** How new items of a list in brackets are to be written. */
export function styleInList(list: YamlSeq, source: SourceText): FlowStyle {
  if (!list.flow) return 'plain';
  const styles = list.items.flatMap(item => styleOf(item) ?? []);
  if (styles.length > 0) return styles.every(style => style === 'json') ? 'json' : 'plain';
  // Its items do not tell, but its key may.
  const before = source.text.slice(Math.max(0, list.span.start - 64), list.span.start);
  return /"\s*:\s*$/.test(before) ? 'json' : 'plain';
}

/** How a value is to be written that takes the place of another one, as far as the pair alone can tell. */
export function styleOfValue({ key, value }: YamlPair): FlowStyle {
  const isPlainText = value.kind === 'scalar' && value.type === 'string' && value.style === 'plain';
  return key.style === 'double' && !isPlainText ? 'json' : 'plain';
}

/** `undefined`: JSON would look the same, or it is not known. */
function styleOf(node: YamlNode): FlowStyle | undefined {
  if (node.kind === 'scalar') {
    if (node.type !== 'string') return undefined;
    return node.style === 'double' ? 'json' : 'plain';
  }
  if (node.kind === 'map') {
    if (node.pairs.length === 0) return undefined;
    return styleInMap(node, 'plain');
  }
  if (node.kind === 'alias') return 'plain';
  return node.items.map(styleOf).find(style => style !== undefined);
}
