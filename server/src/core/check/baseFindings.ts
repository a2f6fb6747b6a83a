import type { Finding } from '../findings/finding.ts';
import type { StackView } from '../analysis/stackView.ts';
import { stackResults, textResults, type RuleFailure, type RuleResults } from './runRules.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';

/** The rules that hold for defaults as for values: shapes and tags, whatever is right for a stack. */
const codesOfBases: ReadonlySet<string> = new Set([
  'value-type',
  'value-null-section',
  'image-tag-type',
  'image-reference-invalid',
  'image-repository-has-tag',
]);

/**
 * What is wrong with the defaults of a generator by themselves. They are not values of a stack: nothing is missing in them, and
 * no fix changes what its maintainers release.
 */
export function baseResults(file: ValuesFile, view: StackView | undefined): RuleResults {
  const text = textResults({ file, isLayer: true });
  const shapes = view?.memo(stackResults);
  const findings: Finding[] = [...text.findings];
  for (const finding of shapes?.findings ?? [])
    if (finding.uri === file.uri && codesOfBases.has(finding.code)) findings.push(finding);
  const failures: readonly RuleFailure[] = [...text.failures, ...(shapes?.failures ?? [])];
  return { findings: findings.map(finding => ({ ...finding, fixes: [] })), failures };
}
