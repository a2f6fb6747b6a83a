import type { Finding } from '../findings/finding.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';

const comment = /#\s*deploykf-values-ignore\s+([a-z][a-z0-9-]*)/;

/**
 * The findings that no comment `# deploykf-values-ignore CODE reason` on their line,
 * or on the line above, takes back.
 */
export function withoutIgnored<F extends Finding>(file: ValuesFile, findings: readonly F[]): readonly F[] {
  if (!file.text.includes('deploykf-values-ignore')) return findings;
  return findings.filter(finding => !isIgnored(file, finding));
}

function isIgnored(file: ValuesFile, finding: Finding): boolean {
  const { line } = file.source.positionAt(finding.span.start);
  return [line - 1, line].some(at => at >= 0 && comment.exec(file.source.lineText(at))?.[1] === finding.code);
}
