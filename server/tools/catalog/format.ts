import { isRecord, type Value } from '../../src/core/yaml/value.ts';
import type { Catalog } from '../../src/core/catalog/types.ts';

const widest = 120;

/** The catalog as JSON that stays small and gives readable diffs: one line for each image, component, chart and so on. */
export function formatCatalog(catalog: Catalog): string {
  const { defaults, templates, ...rest } = catalog;
  const lines = Object.entries(rest).map(([key, value]) => `${JSON.stringify(key)}: ${formatList(value)}`);
  if (templates !== undefined)
    lines.push(`"templates": ${formatTemplates(templates.needs, templates.checks)}`);
  return `{\n${[...lines, `"defaults": ${formatValue(defaults, '')}`].join(',\n')}\n}\n`;
}

/** An array with one item a line; anything else on one line. */
export function formatList(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map(item => ` ${JSON.stringify(item)}`).join(',\n')}\n]`;
}

/** What fits into one line stands in one line. */
function formatValue(value: Value, indent: string): string {
  const line = JSON.stringify(value);
  if (line.length + indent.length <= widest || value === null || typeof value !== 'object') return line;
  const deeper = `${indent} `;
  const items = isRecord(value)
    ? Object.entries(value).map(
        ([key, below]) => `${deeper}${JSON.stringify(key)}: ${formatValue(below, deeper)}`,
      )
    : Array.isArray(value)
      ? value.map((item: Value) => `${deeper}${formatValue(item, deeper)}`)
      : [];
  const [open, close] = isRecord(value) ? ['{', '}'] : ['[', ']'];
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

/** One line per group of needs and per check, so that releases can be compared. */
export function formatTemplates(needs: readonly object[], checks: readonly object[]): string {
  return `{\n"needs": ${formatList(needs)},\n"checks": ${formatList(checks)}\n}`;
}
