import type { Severity } from '../findings/finding.ts';
import type { Rule } from '../rules/rule.ts';
import { printable } from '../text/printable.ts';
import type { Value } from '../yaml/value.ts';
import { rulePage } from './rulePage.ts';

export const sarifLevels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** A rule as SARIF describes it, its page included. */
export function sarifRule(rule: Rule): Value {
  const { code, severity, doc } = rule;
  const page = rulePage(rule);
  return {
    id: code,
    name: nameOf(code),
    shortDescription: { text: sentence(doc.summary) },
    fullDescription: { text: plain(doc.why) },
    help: { text: plain(`${sentence(doc.summary)} ${doc.why} ${doc.fix ?? ''}`), markdown: page },
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: { tags: ['deploykf', code.split('-')[0] ?? ''] },
  };
}

/** A text of a message: SARIF reads links, `[text](place)`, and placeholders, `{0}`, which a values file must not bring in. */
export function sarifText(text: string): { readonly text: string } {
  const shown = printable(text);
  const braced = /\{\d+\}/.test(shown) ? shown.replaceAll('{', '{{').replaceAll('}', '}}') : shown;
  if (!braced.includes('](')) return { text: braced };
  return { text: braced.replaceAll('\\', '\\\\').replaceAll('[', '\\[').replaceAll(']', '\\]') };
}

function nameOf(code: string): string {
  return code
    .split('-')
    .map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

function sentence(text: string): string {
  return `${plain(text)}.`;
}

/** Markdown of a rule without its marks, in one line. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^[\]]{0,200})\]\([^()]{0,200}\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
