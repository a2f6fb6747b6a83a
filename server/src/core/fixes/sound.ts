import { ValuesFile } from '../stack/valuesFile.ts';
import { applyEdits, type FileEdit } from '../text/edit.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import { staysJson } from './staysJson.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { repeatedPairs, visit } from '../yaml/lookup.ts';

/** The edits of a change that belong together; none where a file would have more syntax errors after them than before. */
export function soundEdits(snapshot: Snapshot, edits: readonly FileEdit[]): readonly FileEdit[] {
  if (!edits.every(edit => fixedFile(snapshot, edit) !== undefined)) return [];
  return edits;
}

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
