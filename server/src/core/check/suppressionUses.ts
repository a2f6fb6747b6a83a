import { rules } from '../rules/index.ts';
import type { SuppressionUse } from '../rules/rule.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { isExpired, type SuppressionComment } from '../suppressions/types.ts';
import type { Project } from '../workspace/settings.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { isJudged } from './judged.ts';
import { fileComments } from './fileComments.ts';
import { ruleCodes } from './ruleCodes.ts';
import type { SuppressedFinding } from './suppress.ts';

/** What came of the comments of a file, and of the entries whose last day is over, where it is the project file. */
export function suppressionUses(
  snapshot: Snapshot,
  file: ValuesFile,
  suppressed: readonly SuppressedFinding[],
  hasFailed: boolean,
): readonly SuppressionUse[] {
  const comments = fileComments(file).filter(({ isOfText }) => !isOfText);
  const project = snapshot.folderOf(file.uri)?.project;
  const { today } = snapshot.state;
  const entries = project?.file.uri === file.uri ? project.settings.suppressions : [];
  return [
    ...comments.map(comment => ({
      file,
      suppression: comment,
      unused: hasFailed ? [] : unusedCodes(snapshot, file, comment, suppressed),
      isExpired: false,
      known: ruleCodes,
    })),
    ...entries
      .filter(entry => isExpired(entry, today))
      .map(entry => ({ file, suppression: entry, unused: [], isExpired: true, known: ruleCodes })),
  ];
}

function unusedCodes(
  snapshot: Snapshot,
  { uri }: ValuesFile,
  comment: SuppressionComment,
  suppressed: readonly SuppressedFinding[],
): readonly string[] {
  const used = suppressed.filter(({ by }) => by.some(each => isSame(each, comment)));
  return comment.codes.flatMap(({ code }) => {
    const rule = rules.find(each => each.code === code);
    const isUsed = used.some(({ finding }) => finding.code === code);
    if (rule === undefined || isUsed || !isJudged(snapshot, uri, rule)) return [];
    return [code];
  });
}

/** Comments are read anew each time. */
function isSame(one: SuppressedFinding['by'][number], comment: SuppressionComment): boolean {
  return one.kind === 'comment' && one.span.start === comment.span.start;
}

/** What was suppressed in a file. */
export interface CheckedFile {
  readonly uri: string;
  readonly suppressed: readonly SuppressedFinding[];
}

/** The entries of a project file that suppressed nothing in all of its files, which have all been checked. */
export function unusedEntries(
  snapshot: Snapshot,
  { file, settings }: Project,
  checked: readonly CheckedFile[],
): readonly SuppressionUse[] {
  const own = checked.filter(
    ({ uri }) => snapshot.folderOf(uri)?.project?.file.uri === file.uri && uri !== file.uri,
  );
  const used = new Set(
    own.flatMap(({ suppressed }) =>
      suppressed.flatMap(({ by }) => by.flatMap(each => (each.kind === 'entry' ? each.index : []))),
    ),
  );
  return settings.suppressions.flatMap(entry => {
    const rule = rules.find(({ code }) => code === entry.code);
    const isOpen = used.has(entry.index) || isExpired(entry, snapshot.state.today) || own.length === 0;
    if (rule === undefined || isOpen) return [];
    if (!own.every(({ uri }) => isJudged(snapshot, uri, rule))) return [];
    return [{ file, suppression: entry, unused: [entry.code], isExpired: false, known: ruleCodes }];
  });
}
