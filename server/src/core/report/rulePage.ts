import type { Rule, RuleDoc } from '../rules/rule.ts';
import { formatPair } from '../yaml/format.ts';
import type { Value } from '../yaml/value.ts';

/**
 * The page of a rule in Markdown: what it reports, why that is bad, an example,
 * what its fix does, how to turn it off.
 */
export function rulePage({ code, severity, subject, doc }: Rule): string {
  const isProject = subject === 'workspace' || /^stacks:/.test(doc.bad);
  return lines(
    `# ${code}`,
    '',
    `${doc.summary}.`,
    '',
    `Severity: **${severity}**. Quick fix: ${doc.fix === undefined ? 'none' : 'yes'}.`,
    '',
    '## Why it is bad',
    '',
    doc.why,
    '',
    '## Incorrect',
    '',
    ...policyText(doc.registry),
    ...incorrectIn(isProject, doc.badRelease),
    ...besideText(doc.beside),
    ...block(doc.bad),
    '',
    '## Correct',
    '',
    ...block(doc.good),
    '',
    '## Fix',
    '',
    doc.fix ?? 'There is no quick fix: only you can tell what is right.',
    '',
    '## Turn it off',
    '',
    'For the whole workspace, in `.deploykf-values.yaml` (or with `error`, `warning`, `info`, `hint`):',
    '',
    ...block(projectText('rules', { [code]: 'off' })),
    '',
    'For a single line, with a comment on it or on the line above:',
    '',
    ...block(`# deploykf-values-ignore ${code} the reason\n`),
    '',
    'With `deploykf-values-ignore-block` it holds for the section that begins there, with `deploykf-values-ignore-file` for the',
    'whole file. `suppressions` in `.deploykf-values.yaml` can name a value path or an image, and a last day.',
  );
}

/** The line before the incorrect example; none when it is a plain values file of the newest release. */
function incorrectIn(isProject: boolean, release: string | undefined): readonly string[] {
  if (isProject) return ['In `.deploykf-values.yaml`:', ''];
  if (release === undefined) return [];
  return [`With release ${release}:`, ''];
}

/** The files that the incorrect example needs beside it, if any. */
function besideText(beside: RuleDoc['beside']): readonly string[] {
  if (beside === undefined) return [];
  const files = Object.entries(beside).flatMap(([name, text]) => [
    `\`${name}\`, beside the \`values.yaml\` below:`,
    '',
    ...block(text),
    '',
  ]);
  return [...files, '`values.yaml`:', ''];
}

/** The policy that the incorrect example needs, if any. */
function policyText(registry: Value | undefined): readonly string[] {
  if (registry === undefined) return [];
  return [
    'With this registry policy in `.deploykf-values.yaml`:',
    '',
    ...block(projectText('registry', registry)),
    '',
  ];
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
