import type { ValuesFile } from '../stack/valuesFile.ts';
import { encloses, touches, type Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { pairSpan, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';
import { writtenSpan } from '../yaml/writtenSpan.ts';

/**
 * What a selection at a UTF-16 offset grows to, from the scalar over its pair and the maps and lists around to the whole text,
 * each larger than the one before; in the values that are a string, these come first. `undefined`: nothing is said about the
 * file.
 */
export function selectionRanges(
  snapshot: Snapshot,
  uri: string,
  offset: number,
): readonly Span[] | undefined {
  const place = snapshot.textAt(uri, offset);
  const file = snapshot.file(uri);
  if (place === undefined || file === undefined || !snapshot.isShown(uri)) return undefined;
  const spans = spansAround(file, offset);
  const { host } = place.file;
  if (host !== undefined) {
    const inner = spansAround(place.file, place.offset);
    spans.push(...inner.map(span => host.embedding.toOuter(span)));
  }
  const growing: Span[] = [];
  for (const span of spans) {
    const outer = growing.at(-1);
    const isSmaller = outer === undefined || (encloses(outer, span) && !encloses(span, outer));
    // In the indentation of a string, an offset is before what it leads to.
    if (isSmaller && touches(span, offset)) growing.push(span);
  }
  return growing.reverse();
}

/** The largest first. */
function spansAround(file: ValuesFile, offset: number): Span[] {
  const spans: Span[] = [{ start: 0, end: file.text.length }];
  const { documents } = file.wholeYaml;
  const document = documents.find(({ span }) => touches(span, offset));
  if (documents.length > 1 && document !== undefined) spans.push(document.span);
  let node = document?.root;
  while (node !== undefined) {
    const span = writtenSpan(file.source, node);
    if (!touches(span, offset)) break;
    spans.push(span);
    const content = node.kind === 'scalar' ? contentOf(file, node) : undefined;
    if (content !== undefined && touches(content, offset)) spans.push(content);
    node = stepInto(file, node, offset, spans);
  }
  return spans;
}

/** The child of a map or list at the offset; that of a map after its pair. */
function stepInto(
  { source }: ValuesFile,
  node: YamlNode,
  offset: number,
  spans: Span[],
): YamlNode | undefined {
  if (node.kind === 'seq') return node.items.find(item => touches(writtenSpan(source, item), offset));
  if (node.kind !== 'map') return undefined;
  for (const pair of node.pairs) {
    const { key, value } = pair;
    const end = Math.max(key.span.end, writtenSpan(source, value).end);
    const span = { start: pairSpan(pair).start, end };
    if (!touches(span, offset)) continue;
    spans.push(span);
    return touches(key.span, offset) ? key : value;
  }
  return undefined;
}

/** What is in quotes. */
function contentOf({ text }: ValuesFile, { span, style }: YamlScalar): Span | undefined {
  const isQuoted = style === 'single' || style === 'double';
  const isClosed = span.end - span.start > 1 && text[span.end - 1] === text[span.start];
  if (!isQuoted || !isClosed) return undefined;
  return { start: span.start + 1, end: span.end - 1 };
}
