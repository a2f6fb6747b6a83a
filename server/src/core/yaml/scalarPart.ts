import type { Span } from '../text/span.ts';
import type { YamlScalar } from './nodes.ts';

/**
 * Where a part of a scalar's content (UTF-16 offsets into it) is in the text; the whole scalar when the
 * content is not written out one to one, as with escapes and block scalars, or when the part is empty.
 */
export function partSpan(text: string, node: YamlScalar, part: Span): Span {
  if (part.start === part.end) return node.span;
  const quote = node.style === 'single' || node.style === 'double' ? 1 : 0;
  const start = node.span.start + quote;
  if (text.slice(start, node.span.end - quote) !== node.source) return node.span;
  return { start: start + part.start, end: start + part.end };
}
