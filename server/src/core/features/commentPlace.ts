import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { visit } from '../yaml/lookup.ts';

/**
 * Whether a comment can be written on a line of its own above that of an offset: not into a text, and not into values whose line ends
 * are not those of the file.
 */
export function takesComment(snapshot: Snapshot, uri: string, offset: number): boolean {
  const at = snapshot.textAt(uri, offset);
  const file = snapshot.file(uri);
  if (at === undefined || file === undefined || isInScalar(at.file, at.offset)) return false;
  const { host } = at.file;
  if (host === undefined) return true;
  return !host.isShared && host.embedding.typingAt(offset)?.holdsLines === true;
}

/** Whether the line of an offset begins within a text, or may do so where the file does not parse. */
function isInScalar({ wholeYaml, source }: ValuesFile, offset: number): boolean {
  const start = source.lineStart(source.positionAt(offset).line);
  let isInside = wholeYaml.problems.length > 0;
  for (const { root } of wholeYaml.documents)
    visit(root, ({ kind, span }) => {
      isInside ||= kind === 'scalar' && span.start < start && start < span.end;
    });
  return isInside;
}
