import { SourceText } from '../text/sourceText.ts';
import { formatPair } from '../yaml/format.ts';
import { firstDocument } from '../yaml/lookup.ts';
import { parseYaml } from '../yaml/parse.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import { dataLayer, type DefaultsLayer } from './catalogIndex.ts';

/** Values as YAML, a paragraph per section, below comments of ours. */
export function printValues(values: Value, comments: readonly string[] = []): string {
  const head = comments.map(comment => `# ${comment}\n`).join('');
  if (!isRecord(values)) return `${head}\n`;
  const sections = Object.entries(values).map(([key, below]) => formatPair(key, below, 2).join('\n'));
  return `${head}${sections.join('\n\n')}\n`;
}

/** A layer of data with a read-only document that shows it: the spans of its nodes are those of that text. */
export function shownLayer(label: string, uri: string, values: Value): DefaultsLayer {
  const text = printValues(values);
  const layer = dataLayer(label, values);
  const root = firstDocument(parseYaml(text));
  if (root?.kind !== 'map') return layer;
  return { ...layer, root, document: { uri, source: new SourceText(text) } };
}
