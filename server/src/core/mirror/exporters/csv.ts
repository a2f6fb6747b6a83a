import type { Exporter } from './exporter.ts';

const columns = ['source', 'target', 'class', 'component', 'paths', 'reason'];

/** A table for spreadsheets (RFC 4180); a cell that would count as a formula there is quoted by an apostrophe. */
export const csv: Exporter = {
  name: 'csv',
  summary: 'a table of sources, targets and the values that use them',
  language: 'plaintext',
  write: ({ copies }) => {
    const rows = copies.map(copy => [
      copy.source,
      copy.target ?? '',
      copy.class,
      copy.component,
      copy.paths.join(' '),
      copy.reason,
    ]);
    return {
      kind: 'written',
      text: [columns, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join(''),
    };
  },
};

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
