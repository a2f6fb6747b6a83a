import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import type { SuppressionComment, SuppressionEntry } from '../../suppressions/types.ts';
import type { TextEdit } from '../../text/edit.ts';
import { findPath } from '../../yaml/lookup.ts';
import { removeItem, removePath } from '../../yaml/remove.ts';
import type { SuppressionRule } from '../rule.ts';

/** A comment, or an entry of the project file, that suppresses nothing any more. */
export const suppressionUnused: SuppressionRule = {
  subject: 'suppression',
  code: 'suppression-unused',
  severity: 'info',
  doc: {
    summary: 'A comment or an entry of `suppressions` that suppresses nothing any more',
    why: [
      'What it was for has gone, and it would hide the next finding of its rule. Entries of the project file are judged by',
      'a `check` of everything; one whose last day is over suppresses nothing, and is a warning. Nothing is said where the',
      'rule is off, where a part of what the rule looks at is not here, or where a stack that is not checked may need it.',
    ].join('\n'),
    bad: [
      'kubeflow_tools:',
      '  katib:',
      '    # deploykf-values-ignore value-type our fork takes a text here',
      '    enabled: true',
      '',
    ].join('\n'),
    good: 'kubeflow_tools:\n  katib:\n    enabled: true\n',
    fix: 'Removes the comment, or the codes of it that are not needed; in an editor also the entry. `fix` removes comments with `--only suppression-unused`.',
  },
  check: ({ file, suppression, unused, isExpired }) => {
    if (suppression.kind === 'comment') return commentReports(file, suppression, unused);
    return entryReports(file, suppression, unused, isExpired);
  },
};

function commentReports(
  file: ValuesFile,
  comment: SuppressionComment,
  unused: readonly string[],
): readonly Report[] {
  const isInvalid = comment.scope === undefined || comment.reason === '';
  if (unused.length === 0 || isInvalid) return [];
  const isWhole = comment.codes.every(({ code }) => unused.includes(code));
  const names = unused.join(', ');
  const where = comment.scope === 'file' ? 'in this file' : 'here';
  const title = isWhole ? 'Remove the comment' : `Remove ${names} from the comment`;
  const edits = isWhole ? [commentRemoval(file, comment)] : codeRemovals(comment, unused);
  return [
    {
      message: `${names}: nothing to suppress ${where}, ${isWhole ? 'remove this comment' : 'remove it from this comment'}`,
      uri: file.uri,
      span: comment.span,
      tag: 'unnecessary',
      fixes: comment.isEscaped ? [] : [fixOf(file, title, () => edits)],
    },
  ];
}

/** With its line, if it is alone there, else with the blanks before it. */
function commentRemoval({ source, text }: ValuesFile, { span }: SuppressionComment): TextEdit {
  const { line } = source.positionAt(span.start);
  const start = source.lineStart(line);
  const before = text.slice(start, span.start);
  if (before.trim() !== '')
    return { span: { start: start + before.trimEnd().length, end: source.lineEnd(line) }, newText: '' };
  const isLast = line + 1 >= source.lineCount;
  if (!isLast) return { span: { start, end: source.lineStart(line + 1) }, newText: '' };
  return { span: { start: line === 0 ? 0 : source.lineEnd(line - 1), end: text.length }, newText: '' };
}

/** Each code with the comma that parts it from the ones that stay. */
function codeRemovals({ codes }: SuppressionComment, unused: readonly string[]): readonly TextEdit[] {
  const kept = codes.filter(({ code }) => !unused.includes(code));
  const [first] = codes;
  const [last] = codes.slice(-1);
  if (first === undefined || last === undefined) return [];
  const span = { start: first.span.start, end: last.span.end };
  return [{ span, newText: kept.map(({ code }) => code).join(',') }];
}

function entryReports(
  file: ValuesFile,
  entry: SuppressionEntry,
  unused: readonly string[],
  isExpired: boolean,
): readonly Report[] {
  const { code, until, span, index } = entry;
  const place = { uri: file.uri, span, path: `suppressions[${index}]` };
  const fixes = [fixOf(file, 'Remove the entry', () => entryRemoval(file, index))];
  if (isExpired) {
    const message = `${code}: this suppression ended after ${until ?? ''} and suppresses nothing: remove it, or set a later day`;
    return [{ ...place, severity: 'warning', message, fixes }];
  }
  if (unused.length === 0) return [];
  const message = `${code}: nothing to suppress in any file, remove this entry`;
  return [{ ...place, message, tag: 'unnecessary', fixes }];
}

function entryRemoval({ source, map, anchors }: ValuesFile, index: number): readonly TextEdit[] {
  const list = map && findPath(map, ['suppressions'], anchors)?.node;
  if (map === undefined || list?.kind !== 'seq') return [];
  const edit =
    list.items.length === 1 ? removePath(source, map, ['suppressions']) : removeItem(source, list, index);
  return edit === undefined ? [] : [edit];
}

/** Only for who asks for it: a file that is checked in another way tomorrow may need the comment. */
function fixOf({ uri }: ValuesFile, title: string, edits: () => readonly TextEdit[]): Fix {
  const changes = (): readonly Change[] => [{ kind: 'edit', uri, edits: edits() }];
  return { title, applies: 'named', isPreferred: true, changes };
}
