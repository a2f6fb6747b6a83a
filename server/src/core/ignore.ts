import type { Finding } from './rules/types.ts';
import type { ValuesFile } from './stack/valuesFile.ts';

const comment = /#\s*deploykf-values-ignore\s+([a-z][a-z0-9-]*)/;

/** Whether a comment `# deploykf-values-ignore CODE reason` stands on the finding's line or on the line above. */
export function isIgnored(file: ValuesFile, finding: Finding): boolean {
  if (!file.text.includes('deploykf-values-ignore')) return false;
  const { line } = file.source.positionAt(finding.span.start);
  return [line - 1, line].some(at => at >= 0 && comment.exec(file.source.lineText(at))?.[1] === finding.code);
}
