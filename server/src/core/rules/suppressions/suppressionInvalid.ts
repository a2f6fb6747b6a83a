import { nearestName } from '../../catalog/nearestName.ts';
import type { Report } from '../../findings/finding.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import { suppressionWords } from '../../suppressions/comments.ts';
import type { SuppressionComment } from '../../suppressions/types.ts';
import type { SuppressionRule } from '../rule.ts';

/** A comment that means to suppress findings and does not. */
export const suppressionInvalid: SuppressionRule = {
  subject: 'suppression',
  code: 'suppression-invalid',
  severity: 'warning',
  doc: {
    summary: 'A comment that suppresses nothing as it is written',
    why: [
      'A comment with a mistake in its first word or in the code of the rule, or without a reason after it, suppresses',
      'nothing, and looks as if it did. Without a reason, the next reader cannot tell whether it is still right.',
    ].join('\n'),
    bad: [
      'kubeflow_tools:',
      '  katib:',
      '    # deploykf-values-ignore image-tag-mutabel the team wants it so',
      '    enabled: true',
      '',
    ].join('\n'),
    good: [
      'kubeflow_tools:',
      '  katib:',
      '    # deploykf-values-ignore image-tag-mutable the team wants it so',
      '    enabled: true',
      '',
    ].join('\n'),
  },
  check: ({ file, suppression, known }) => {
    if (suppression.kind !== 'comment') return [];
    return commentReports(file, suppression, known);
  },
};

function commentReports(
  { uri }: ValuesFile,
  { scope, word, codes, reason, span }: SuppressionComment,
  known: ReadonlySet<string>,
): readonly Report[] {
  if (scope === undefined)
    return [
      { message: `"${word}" suppresses nothing${meant(word, Object.keys(suppressionWords))}`, uri, span },
    ];
  if (codes.length === 0)
    return [
      {
        message: `"${word}" suppresses nothing: write the code of a rule and a reason after it`,
        uri,
        span,
      },
    ];
  const unknown = codes.filter(({ code }) => !known.has(code));
  const reports: Report[] = unknown.map(({ code, span: at }) => ({
    message: `There is no rule "${code}" to suppress${meant(code, [...known])}`,
    uri,
    span: at,
  }));
  if (reason !== '' || unknown.length > 0) return reports;
  const names = codes.map(({ code }) => code).join(', ');
  const of = codes.length === 1 ? 'the code' : 'the codes';
  return [{ message: `${names}: not suppressed without a reason, write one after ${of}`, uri, span }];
}

function meant(text: string, names: readonly string[]): string {
  const near = nearestName(text, names);
  if (near === undefined) return '';
  return `, did you mean "${near}"?`;
}
