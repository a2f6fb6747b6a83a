import type { Finding } from '../findings/finding.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';

const comment = /#\s*deploykf-values-ignore\s+([a-z][a-z0-9-]*)/;

/**
 * The findings that no comment `# deploykf-values-ignore CODE reason` on their line,
 * or on the line above, takes back.
 */
export function withoutIgnored<F extends Finding>(file: ValuesFile, findings: readonly F[]): readonly F[] {
  if (!file.text.includes('deploykf-values-ignore')) return findings;
  const { source } = file;
  return findings.filter(({ span, code }) => {
    const { line } = source.positionAt(span.start);
    return ![line - 1, line].some(at => at >= 0 && comment.exec(source.lineText(at))?.[1] === code);
  });
}
