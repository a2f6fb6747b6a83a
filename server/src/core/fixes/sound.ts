import { mayHoldApplications } from '../stack/application.ts';
import { ValuesFile } from '../stack/valuesFile.ts';
import { applyEdits, type FileEdit } from '../text/edit.ts';
import { isJsonFile } from '../workspace/discovery.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import { staysJson } from './staysJson.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { repeatedPairs, visit } from '../yaml/lookup.ts';

/** The edits of a change that belong together; none where a file would have more syntax errors after them than before. */
export function soundEdits(snapshot: Snapshot, edits: readonly FileEdit[]): readonly FileEdit[] {
  const isSound = (edit: FileEdit): boolean =>
    swapsWords(snapshot, edit) || fixedFile(snapshot, edit) !== undefined;
  return edits.every(isSound) ? edits : [];
}

/**
 * Whether an edit puts one word in the place of another that is a value or an item, plain or in quotes: no syntax depends on it, so that
 * the file need not be parsed again.
 */
function swapsWords(snapshot: Snapshot, { uri, edits, isNew }: FileEdit): boolean {
  const file = snapshot.file(uri);
  const [edit, ...others] = edits;
  if (file === undefined || edit === undefined || others.length > 0 || isNew === true) return false;
  const { source, text } = file;
  const fixed = applyEdits(text, edits) ?? '';
  if (isJsonFile(uri) || mayHoldApplications(text) || mayHoldApplications(fixed)) return false;
  const { start, end } = edit.span;
  if (!plainWord.test(text.slice(start, end)) || !plainWord.test(edit.newText)) return false;
  const { line } = source.positionAt(start);
  const [before, after] = [text.slice(source.lineStart(line), start), text.slice(end, source.lineEnd(line))];
  return wordBefore.test(before) && wordAfter.test(after);
}

/** Nothing in it has a meaning to YAML in a value or an item. */
const plainWord = /^[a-z][\w./-]*(?::[a-z\d][\w.-]*)?$/i;
/** A key or a dash, and a quote. */
const wordBefore = /^ *(?:- +)*(?:- +|[a-z][\w-]*: +)["']?$/i;
/** A quote, and a comment. */
const wordAfter = /^["']? *(?: #.*)?$/;

/** The file after the edits; `undefined` where they cannot be made, or leave more syntax errors than there were. */
export function fixedFile(snapshot: Snapshot, { uri, edits, isNew }: FileEdit): ValuesFile | undefined {
  const written = snapshot.file(uri) ?? folderOfProjectFile(snapshot.state, uri)?.project?.file;
  const file = isNew === true ? new ValuesFile(uri, '') : written;
  const text = file && applyEdits(file.text, edits);
  if (file === undefined || text === undefined || !staysJson(file, edits)) return undefined;
  const fixed = new ValuesFile(uri, text, { previous: file });
  return mistakesIn(fixed) > mistakesIn(file) ? undefined : fixed;
}

/** How much of a file, and of the values that are strings in it, cannot be read. */
function mistakesIn(file: ValuesFile): number {
  const texts = [file, ...file.hostedTexts].map(
    text => text.yaml.problems.length + (text.root && text.root.kind !== 'map' ? 1 : 0) + repeatedKeys(text),
  );
  return texts.reduce((sum, count) => sum + count, file.unreadValues.length);
}

/** deployKF refuses a file with one. Of two branches of a template only one is there. */
function repeatedKeys({ root, hasTemplateLines }: ValuesFile): number {
  if (hasTemplateLines) return 0;
  let count = 0;
  visit(root, node => {
    if (node.kind === 'map') count += repeatedPairs(node).length;
  });
  return count;
}
