import type { ValuesFile } from '../stack/valuesFile.ts';
import { suppressionComments } from '../suppressions/comments.ts';
import type { SuppressionComment } from '../suppressions/types.ts';
import { placeAt } from '../yaml/lookup.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import { ruleCodes } from './ruleCodes.ts';

/** A comment of a file. */
export interface FileComment extends SuppressionComment {
  /** It is in a text of the file that is not values: for who reads that text, it may mean something else. */
  readonly isOfText: boolean;
}

/** The comments of a file that suppress findings, in its order. One that is in a text of the file reaches no more than that text. */
export function fileComments(file: ValuesFile): readonly FileComment[] {
  return file.memo(readComments);
}

function readComments(file: ValuesFile): readonly FileComment[] {
  const comments = suppressionComments(file.source, ruleCodes);
  if (comments.length === 0) return [];
  const values = new Set(
    file.applications.map(({ document, values: path }) => path && file.stringAt(document, path)),
  );
  return comments.map(comment => {
    const text = textAround(file, comment);
    if (text === undefined) return { ...comment, isOfText: false };
    const { start, end } = text.span;
    const isOfText = !values.has(text);
    // The first line is that of the key, which is not in the text.
    const top = file.source.positionAt(start).line + (isOfText ? 1 : 0);
    const first = Math.max(comment.lines.first, top);
    const written = file.text.slice(start, end).trimEnd().length;
    const last = Math.min(comment.lines.last, file.source.positionAt(start + written).line);
    return { ...comment, lines: { first, last }, isOfText };
  });
}

function textAround(
  { wholeYaml, source }: ValuesFile,
  { span: { start } }: SuppressionComment,
): YamlScalar | undefined {
  for (const { root } of wholeYaml.documents) {
    const node = placeAt(root, start)?.node;
    if (node?.kind !== 'scalar' || start <= node.span.start || node.span.end <= start) continue;
    // What is after `|` is a comment of the file.
    const isBlock = node.style === 'literal' || node.style === 'folded';
    const isOnHeader = isBlock && source.positionAt(start).line === source.positionAt(node.span.start).line;
    return isOnHeader ? undefined : node;
  }
  return undefined;
}
