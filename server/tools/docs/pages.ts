import { rules as allRules } from '../../src/core/rules/index.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { block, lines, projectText, rulePage } from '../../src/core/report/rulePage.ts';

/** The pages of `docs/rules/`, by file name. */
export function rulePages(rules: readonly Rule[] = allRules): ReadonlyMap<string, string> {
  const sorted = rules.toSorted((left, right) => (left.code < right.code ? -1 : 1));
  return new Map([
    ['README.md', overview(sorted)],
    ...sorted.map((rule): [string, string] => [`${rule.code}.md`, `${origin}\n${rulePage(rule)}`]),
  ]);
}

const origin = '<!-- Made by `npm run generate` from the rule itself; do not edit. -->';

/** The headings of the overview, and the codes that stand under each. */
const groups: readonly (readonly [title: string, codes: RegExp])[] = [
  ['Images', /^(?:image|chart)-/],
  ['Pull secrets', /^pull-secrets-/],
  ['Values', /^value-/],
  ['Stacks', /^(?:stack|release|project)-/],
  ['YAML', /^yaml-/],
  ['Suppressions', /^suppression-/],
];

function overview(rules: readonly Rule[]): string {
  return lines(
    origin,
    '# What is reported',
    '',
    'Codes are stable. The severity is the default: it can be changed, and every rule can be turned off.',
    '',
    ...groups.flatMap(([title, codes]) => section(title, rulesOf(rules, codes))),
    '## Change a severity, or turn a rule off',
    '',
    'For the whole workspace, in `.deploykf-values.yaml`:',
    '',
    ...block(projectText('rules', { 'image-tag-mutable': 'off', 'image-public': 'error' })),
    '',
    'For one place, by a comment on its line or on the line above, with a reason for the next reader:',
    '',
    ...block('# deploykf-values-ignore image-tag-mutable the team wants it so\n'),
    '',
    'More ways, for sections, files, paths and images: [Configuration](../configuration.md#suppress-findings).',
  );
}

function rulesOf(rules: readonly Rule[], codes: RegExp): readonly Rule[] {
  return rules.filter(({ code }) => codes.test(code));
}

function section(title: string, rules: readonly Rule[]): readonly string[] {
  const rows = rules.map(
    ({ code, severity, doc }) =>
      `| [\`${code}\`](${code}.md) | ${severity} | ${doc.fix === undefined ? '' : 'yes'} | ${cell(doc.summary)} |`,
  );
  return [
    `## ${title}`,
    '',
    '| code | severity | quick fix | reports |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
