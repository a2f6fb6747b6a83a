import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import type { YamlNode } from './nodes.ts';

/** The span of a node without the blanks and line ends after it, which belong to block scalars and to what is not closed. */
export function writtenSpan({ text }: SourceText, { span }: YamlNode): Span {
  let { end } = span;
  while (end > span.start && ' \t\r\n'.includes(text[end - 1] ?? '')) end--;
  return { start: span.start, end };
}
