// What holds for the reading of every text as YAML, whatever stands in it.
import { isDeepStrictEqual } from 'node:util';
import type { SourceText } from '../../../server/src/core/text/sourceText.ts';
import type { Span } from '../../../server/src/core/text/span.ts';
import { contextAt, writtenLines } from '../../../server/src/core/yaml/context.ts';
import { anchorsOf, placeAt } from '../../../server/src/core/yaml/lookup.ts';
import type { YamlNode } from '../../../server/src/core/yaml/nodes.ts';
import type { ParsedYaml } from '../../../server/src/core/yaml/parse.ts';
import { parseTemplated } from '../../../server/src/core/yaml/parseTemplated.ts';
import { valueOf } from '../../../server/src/core/yaml/value.ts';
import { attempt, ensure } from './cases.ts';

/** A text that was parsed with what was known of the one before is read like a new one. */
export function checkParsed(text: string, parsed: ParsedYaml): void {
  const fresh = attempt('parse', () => parseTemplated(text).yaml);
  ensure(
    'parse: documents',
    isDeepStrictEqual(parsed.documents, fresh.documents),
    () => 'not as parsed afresh',
  );
  ensure('parse: problems', isDeepStrictEqual(parsed.problems, fresh.problems), () =>
    JSON.stringify([parsed.problems, fresh.problems]),
  );
  for (const { span, message } of parsed.problems)
    checkSpan('parse: place of a problem', text, span, message);
  for (const { root, span } of parsed.documents) {
    checkSpan('parse: document', text, span, '');
    checkNode(root, { start: 0, end: text.length });
    attempt('values', () => valueOf(root, anchorsOf(root)));
  }
}

export function checkSpan(check: string, text: string, { start, end }: Span, what: string): void {
  const isInside =
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length;
  ensure(check, isInside, () => `${start}-${end} of ${text.length}: ${what}`);
}

function checkNode(node: YamlNode | undefined, { start, end }: Span): void {
  if (node === undefined) return;
  const { span } = node;
  ensure('parse: nodes', start <= span.start && span.start <= span.end && span.end <= end, () =>
    JSON.stringify([node.kind, span, start, end]),
  );
  if (node.kind === 'seq') for (const item of node.items) checkNode(item, { start, end });
  if (node.kind === 'map') {
    for (const { key, value } of node.pairs) {
      checkNode(key, { start, end });
      checkNode(value, { start, end });
    }
  }
}

/** Offsets and positions are the same, and the place of a cursor lies in the text. */
export function checkCursor(source: SourceText, parsed: ParsedYaml, offset: number): void {
  const position = source.positionAt(offset);
  // No place of an editor lies within a line end.
  const isInLineEnd = source.text.startsWith('\r\n', offset - 1);
  ensure(
    'positions',
    isInLineEnd || source.offsetAt(position) === offset,
    () => `${offset} is ${JSON.stringify(position)}`,
  );
  const context = attempt('context', () => contextAt(source, offset));
  if (context !== undefined) {
    checkSpan('context', source.text, context.span, context.text);
    const written = source.text.slice(context.span.start, context.span.end);
    ensure('context', written === context.text, () => JSON.stringify([written, context]));
  }
  attempt('context: place', () => placeAt(parsed.documents[0]?.root, offset));
}

export function checkLines(source: SourceText): void {
  for (const { line, column } of attempt('context: lines', () => writtenLines(source)))
    ensure('context: lines', line < source.lineCount && column >= 0, () => `line ${line}, column ${column}`);
}
