import { checkFile } from '../check/check.ts';
import { fixedFile } from '../fixes/sound.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { FileEdit } from '../text/edit.ts';
import { indentOf } from '../text/indent.ts';
import { printable } from '../text/printable.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { takesComment } from './commentPlace.ts';

/** Findings of a rule in the line of an offset of a real file. */
export interface RuleInLine {
  readonly code: string;
  readonly offset: number;
}

/**
 * The comment that suppresses findings of a rule in one line, above that. Empty: there are none, none is given as the reason, or no
 * comment is possible.
 */
export function ignoreFinding(
  snapshot: Snapshot,
  uri: string,
  place: RuleInLine,
  reason: string,
): readonly FileEdit[] {
  const file = snapshot.file(uri);
  const words = printable(reason.replace(/\s+/g, ' '))
    .replace(/^[\s:,–—-]+/, '')
    .trimEnd();
  if (file === undefined || words === '' || !takesComment(snapshot, uri, place.offset)) return [];
  const { line } = file.source.positionAt(place.offset);
  if (!isFound(snapshot, uri, place.code, line)) return [];
  const edit = commentAbove(file, line, `# deploykf-values-ignore ${place.code} ${words}`);
  const next = fixedFile(snapshot, edit);
  if (next === undefined || isFound(snapshot.withFile(uri, next), uri, place.code, line + 1)) return [];
  return [edit];
}

function commentAbove({ uri, source }: ValuesFile, line: number, comment: string): FileEdit {
  const written = source.lineText(line);
  const text = written.replace(/^\uFEFF/, '');
  const start = source.lineStart(line) + written.length - text.length;
  const newText = ' '.repeat(indentOf(text)) + comment + source.eol;
  return { uri, edits: [{ span: { start, end: start }, newText }] };
}

/** A rule that throws is named by the check of the file. */
function isFound(snapshot: Snapshot, uri: string, code: string, line: number): boolean {
  const source = snapshot.file(uri)?.source;
  return checkFile(snapshot, uri, () => undefined).some(
    finding => finding.code === code && source?.positionAt(finding.span.start).line === line,
  );
}
