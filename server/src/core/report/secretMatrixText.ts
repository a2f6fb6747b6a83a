import type { MatrixRow, SecretMatrix } from '../pullSecrets/matrix.ts';
import { printable } from '../text/printable.ts';
import { coverWords, usedCoverWords } from './secretCoverWords.ts';
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

function cellsOf({ namespace, images, covers }: MatrixRow, { paint }: TextStyle): readonly Cell[] {
  const cells = covers.map((cover): Cell => {
    const { text, colour } = coverWords(cover);
    return [text, shown => paint(shown, colour)];
  });
  return [[printable(namespace)], [String(images)], ...cells];
}
