export type Cell = readonly [text: string, paint?: (text: string) => string];

/** Rows as aligned columns with two spaces between them, none of them ending in a blank. */
export function alignedRows(rows: readonly (readonly Cell[])[], indent = ''): readonly string[] {
  const columns = Math.max(0, ...rows.map(row => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map(row => row[column]?.[0].length ?? 0)),
  );
  return rows.map(row => {
    const cells = row.map(
      ([text, paint = same], column) => paint(text) + ' '.repeat((widths[column] ?? 0) - text.length),
    );
    return (indent + cells.join('  ')).trimEnd();
  });
}

function same(text: string): string {
  return text;
}
