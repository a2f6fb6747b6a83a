import type { ComparedImage, PlanState } from '../rendered/compare.ts';
import { printFieldPath } from '../rendered/fieldPath.ts';
import type { ImageCopy } from '../mirror/types.ts';
import { printable } from '../text/printable.ts';
import type { RenderedFile } from './renderedJson.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';

const states: readonly { readonly state: PlanState; readonly title: string; readonly colour: Colour }[] = [
  { state: 'missing', title: 'Not in the plan', colour: 'red' },
  { state: 'other-tag', title: 'Another tag is in the plan', colour: 'yellow' },
  { state: 'public', title: 'Pulled from a public registry', colour: 'yellow' },
  { state: 'same', title: 'In the plan', colour: 'green' },
];

/** What manifests name, beside the plan; each image once, with its first place. */
export function renderedText(
  files: readonly RenderedFile[],
  notRendered: readonly ImageCopy[],
  style: TextStyle,
): string {
  const blocks: string[] = [];
  const counts: string[] = [];
  for (const { state, title, colour } of states) {
    const rows = rowsOf(files, state);
    if (rows.length === 0) continue;
    blocks.push(`${style.paint(title, colour)}\n${alignedRows(rows, '  ').join('\n')}\n`);
    counts.push(`${rows.length} ${state === 'same' ? 'in the plan' : title.toLowerCase()}`);
  }
  if (notRendered.length > 0) {
    const lines = notRendered.map(({ source, target }) => `  ${printable(target ?? source)}`);
    blocks.push(`${style.paint('In the plan, but not in these manifests', 'bold')}\n${lines.join('\n')}\n`);
  }
  const found = files.flatMap(({ images }) => images);
  const head = style.paint(
    `${count(new Set(found.map(imageOf)).size, 'image')} in ${count(found.length, 'place')}`,
    'bold',
  );
  return [...blocks, `${[head, ...counts].join(', ')}\n`].join('\n');
}

function imageOf({ found }: ComparedImage): string {
  return found.image ?? found.written;
}

function rowsOf(files: readonly RenderedFile[], state: PlanState): readonly (readonly Cell[])[] {
  const rows = new Map<string, { readonly place: string; number: number }>();
  for (const { file, images } of files) {
    for (const image of images) {
      if (image.state !== state) continue;
      const known = rows.get(imageOf(image));
      if (known === undefined) rows.set(imageOf(image), { place: placeOf(file, image), number: 1 });
      else known.number++;
    }
  }
  return [...rows].map(([image, { place, number }]) => [
    [printable(image)],
    [printable(number === 1 ? place : `${place} and ${count(number - 1, 'more place')}`)],
  ]);
}

function placeOf(file: string, { found: { object, path, inner, line } }: ComparedImage): string {
  const name = [object.namespace, object.name].filter(Boolean).join('/');
  const fields = [path, ...inner].map(printFieldPath).filter(text => text !== '');
  const place = line === undefined ? [] : [`line ${line}`];
  return [file, object.kind, name, fields.join(' > '), ...place].filter(text => text !== '').join(' ');
}
