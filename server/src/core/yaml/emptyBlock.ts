import type { SourceText } from '../text/sourceText.ts';
import type { YamlScalar } from './nodes.ts';

/**
 * What is before a cursor in the first blank lines below the header of a block scalar that holds nothing: its lines begin there.
 * `undefined`: what is typed there is not part of it, or begins elsewhere.
 */
export function emptyBlockIndent(
  source: SourceText,
  { span }: YamlScalar,
  offset: number,
): string | undefined {
  const { text } = source;
  const headerLine = source.positionAt(span.start).line;
  const headerEnd = source.lineEnd(headerLine);
  const before = text.slice(source.lineStart(headerLine), span.start);
  const keyColumn = /^(?:\s*-(?=\s))*\s*/.exec(before)?.[0].length ?? 0;
  const { line, character } = source.positionAt(offset);
  if (line <= headerLine || character <= keyColumn) return undefined;
  // A digit in the header says where its lines begin, whatever is typed.
  if (/^[|>][-+]*\d/.test(text.slice(span.start, headerEnd))) return undefined;
  if (text.slice(headerEnd, source.lineEnd(line)).trim() !== '') return undefined;
  const indent = ' '.repeat(character);
  return source.lineText(line).startsWith(indent) ? indent : undefined;
}
