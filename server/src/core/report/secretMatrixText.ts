import type { MatrixRow, SecretMatrix } from '../pullSecrets/matrix.ts';
import { printable } from '../text/printable.ts';
import { coverWords, usedCoverWords, withoutPolicy } from './secretCoverWords.ts';
import type { TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';

/** A table of namespaces and Secrets, and what its words mean; empty where no image needs credentials, or no Secret is named. */
export function secretMatrixLines(matrix: SecretMatrix, style: TextStyle): readonly string[] {
  const { secrets, rows } = matrix;
  if (secrets.length === 0 || rows.length === 0) return [];
  const head = ['Namespace', 'Images', ...secrets.map(printable)].map((text): Cell => [text]);
  const legend = usedCoverWords(matrix).map(({ text, meaning }): readonly Cell[] => [[text], [meaning]]);
  return [
    style.paint('Images that need credentials', 'bold'),
    ...alignedRows([head, ...rows.map(row => cellsOf(row, style))], '  '),
    '',
    ...alignedRows(legend, '  '),
  ];
}

/** The namespaces that need a Secret where no policy brings one, and which of them get it by their charts; empty: none does. */
export function uncoveredLines({ rows }: SecretMatrix, { paint }: TextStyle): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row): readonly Cell[] => {
    const { text, colour } = withoutPolicy(row);
    return [[printable(row.namespace)], [String(row.images)], [text, shown => paint(shown, colour)]];
  });
  return [
    paint('Images that need credentials', 'bold'),
    ...alignedRows([[['Namespace'], ['Images'], ['Pull secret']], ...cells], '  '),
  ];
}

function cellsOf({ namespace, images, covers }: MatrixRow, { paint }: TextStyle): readonly Cell[] {
  const cells = covers.map((cover): Cell => {
    const { text, colour } = coverWords(cover);
    return [text, shown => paint(shown, colour)];
  });
  return [[printable(namespace)], [String(images)], ...cells];
}
