import type { MatrixRow, SecretCover, SecretMatrix } from '../pullSecrets/matrix.ts';
import { printable } from '../text/printable.ts';
import type { Colour, TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';

interface CoverText {
  readonly cover: SecretCover;
  readonly text: string;
  readonly colour: Colour;
  readonly meaning: string;
}

const coverTexts: readonly CoverText[] = [
  {
    cover: 'covered',
    text: 'covered',
    colour: 'green',
    meaning: 'the policy copies the Secret there, and it has credentials for a registry that is pulled from',
  },
  {
    cover: 'open',
    text: 'copied',
    colour: 'blue',
    meaning: 'the policy copies the Secret there; it is not here, so that its registries are not known',
  },
  {
    cover: 'handed',
    text: 'by the chart',
    colour: 'green',
    meaning: 'the charts get a Secret by valuesOverrides where the policy does not reach',
  },
  {
    cover: 'late',
    text: 'too late',
    colour: 'red',
    meaning: 'some Pods start before the policy exists: the namespace needs a Secret of its own',
  },
  {
    cover: 'excluded',
    text: 'excluded',
    colour: 'red',
    meaning: 'there is no policy for the namespace: it needs a Secret of its own, or must not be left out',
  },
  {
    cover: 'wrongKey',
    text: 'wrong key',
    colour: 'yellow',
    meaning: 'the Secret does not have credentials for any registry that is pulled from there',
  },
  {
    cover: 'missing',
    text: 'missing',
    colour: 'red',
    meaning: 'the Secret that is to be copied is not in the workspace, or not where the policy looks for it',
  },
];

/** A table of namespaces and Secrets, and what its words mean; empty where no image needs credentials, or no Secret is named. */
export function secretMatrixLines({ secrets, rows }: SecretMatrix, style: TextStyle): readonly string[] {
  if (secrets.length === 0 || rows.length === 0) return [];
  const head = ['Namespace', 'Images', ...secrets.map(printable)].map((text): Cell => [text]);
  const used = coverTexts.filter(({ cover }) => rows.some(({ covers }) => covers.includes(cover)));
  const legend = used.map(({ text, meaning }): readonly Cell[] => [[text], [meaning]]);
  return [
    style.paint('Images that need credentials', 'bold'),
    ...alignedRows([head, ...rows.map(row => cellsOf(row, style))], '  '),
    '',
    ...alignedRows(legend, '  '),
  ];
}

function cellsOf({ namespace, images, covers }: MatrixRow, { paint }: TextStyle): readonly Cell[] {
  const cells = covers.map((cover): Cell => {
    const known = coverTexts.find(candidate => candidate.cover === cover);
    return [known?.text ?? cover, text => paint(text, known?.colour ?? 'bold')];
  });
  return [[printable(namespace)], [String(images)], ...cells];
}
