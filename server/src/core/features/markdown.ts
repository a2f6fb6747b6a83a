import type { Contribution } from '../stack/effective.ts';
import type { Value } from '../yaml/value.ts';

/** Text as inline code, whatever back-ticks it holds. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') || text === '' ? ' ' : '';
  return `${fence}${pad}${text.replace(/\s+/g, ' ')}${pad}${fence}`;
}

/** Text that Markdown shows as it is. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A link to where a layer says it, such as `[prod.yaml:12](…)`; `default` for the release's defaults. */
export function sourceLink({ layer, written, pair }: Contribution): string {
  if (layer.file === undefined) return 'default';
  const { uri, start } = layer.file.locate(pair?.key.span ?? written.span);
  return `[${plain(layer.label)}:${start.line + 1}](${uri}#L${start.line + 1})`;
}

/** A value on one line, cut to what a hover can hold. */
export function shortValue(value: Value): string {
  if (value === null) return code('~');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? '`""`' : code(text.length > 80 ? `${text.slice(0, 77)}…` : text);
}

/** Lines that stay lines. */
export function lines(parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join('  \n');
}
