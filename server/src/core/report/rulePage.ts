import type { Rule } from '../rules/rule.ts';
import { formatPair } from '../yaml/format.ts';
import type { Value } from '../yaml/value.ts';

/** The page of a rule in Markdown: what it reports and why, an example, what its quick fix does, how to silence it. */
export function rulePage({ code, severity, subject, doc }: Rule): string {
  const isProject = subject === 'workspace' || /^stacks:/.test(doc.bad);
  const where = isProject ? ', in `.deploykf-values.yaml`' : '';
  const needs = doc.registry === undefined ? [] : policyText(doc.registry);
  return lines(
    `# ${code}`,
    '',
    `${doc.summary}. Severity: **${severity}**.`,
    '',
    doc.why,
    '',
    '## Example',
    '',
    ...needs,
    `Reported${where}${doc.badRelease === undefined ? '' : ` of release ${doc.badRelease}`}:`,
    '',
    ...block(doc.bad),
    '',
    'Better:',
    '',
    ...block(doc.good),
    '',
    ...(doc.fix === undefined ? [] : ['## Quick fix', '', doc.fix, '']),
    '## Silence it',
    '',
    'For the whole workspace, in `.deploykf-values.yaml` (or with `error`, `warning`, `info`, `hint`):',
    '',
    ...block(projectText('rules', { [code]: 'off' })),
    '',
    'For one place, by a comment on its line or on the line above:',
    '',
    ...block(`# deploykf-values-ignore ${code} the reason\n`),
  );
}

function policyText(registry: Value): readonly string[] {
  return ['With this registry policy in `.deploykf-values.yaml`:', '', ...block(projectText('registry', registry)), ''];
}

/** A section of the project file. */
export function projectText(key: string, value: Value): string {
  return `${formatPair(key, value, 2).join('\n')}\n`;
}

/** YAML as a block of Markdown, line by line. */
export function block(yaml: string): readonly string[] {
  return ['```yaml', ...yaml.trimEnd().split('\n'), '```'];
}

/** Lines as a text that ends in one line break. */
export function lines(...parts: readonly string[]): string {
  return `${parts.join('\n').trimEnd()}\n`;
}
