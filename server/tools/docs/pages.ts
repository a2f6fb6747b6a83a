import { rules as allRules } from '../../src/core/rules/index.ts';
import type { Rule } from '../../src/core/rules/types.ts';
import type { Value } from '../../src/core/yaml/value.ts';
import { formatPair } from '../../src/core/yaml/format.ts';

/** The pages of `docs/rules/`, by file name. */
export function rulePages(rules: readonly Rule[] = allRules): ReadonlyMap<string, string> {
  const sorted = rules.toSorted((left, right) => (left.code < right.code ? -1 : 1));
  return new Map([
    ['README.md', tableOf(sorted)],
    ...sorted.map((rule): [string, string] => [`${rule.code}.md`, pageOf(rule)]),
  ]);
}

const origin = '<!-- Made by `npm run docs` from the rule itself; do not edit. -->';

function tableOf(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ code, severity, doc }) =>
      `| [\`${code}\`](${code}.md) | ${severity} | ${doc.fix === undefined ? '' : 'yes'} | ${cell(doc.summary)} |`,
  );
  return lines(
    origin,
    '# What is reported',
    '',
    'Codes are stable. The severity is the default: it can be changed, and every rule can be switched off.',
    '',
    '| code | severity | quick fix | reports |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## Change a severity, or switch a rule off',
    '',
    'For the whole workspace, in `.deploykf-values.yaml`:',
    '',
    ...block(projectText('rules', { 'image-tag-mutable': 'off', 'image-public': 'error' })),
    '',
    'For one place, by a comment on its line or on the line above, with a reason for the next reader:',
    '',
    ...block('# deploykf-values-ignore image-tag-mutable the team wants it so\n'),
  );
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function pageOf({ code, severity, scope, doc }: Rule): string {
  const isProject = scope === 'project' || /^stacks:/.test(doc.bad);
  const where = isProject ? ', in `.deploykf-values.yaml`' : '';
  const needs = doc.registry === undefined ? [] : policyText(doc.registry);
  return lines(
    origin,
    `# ${code}`,
    '',
    `${doc.summary}. Severity: **${severity}**.`,
    '',
    doc.why,
    '',
    '## Example',
    '',
    ...needs,
    `Reported${where}:`,
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

function projectText(key: string, value: Value): string {
  return `${formatPair(key, value, 2).join('\n')}\n`;
}

function block(yaml: string): readonly string[] {
  return ['```yaml', ...yaml.trimEnd().split('\n'), '```'];
}

function lines(...parts: readonly string[]): string {
  return `${parts.join('\n').trimEnd()}\n`;
}
