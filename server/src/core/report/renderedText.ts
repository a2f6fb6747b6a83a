import type { ComparedImage, PlanState } from '../rendered/compare.ts';
import { planStates } from '../rendered/planStates.ts';
import { placeInManifest } from '../rendered/placeInManifest.ts';
import type { ImageCopy } from '../mirror/types.ts';
import { printable } from '../text/printable.ts';
import type { RenderedFile } from './renderedJson.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';

const colours: Readonly<Record<PlanState, Colour>> = {
  missing: 'red',
  'other-tag': 'yellow',
  public: 'yellow',
  same: 'green',
};

/** What manifests name, beside the plan; each image once, with its first place. */
export function renderedText(
  files: readonly RenderedFile[],
  notRendered: readonly ImageCopy[],
  style: TextStyle,
): string {
  const blocks: string[] = [];
  const counts: string[] = [];
  for (const { state, title } of planStates) {
    const rows = rowsOf(files, state);
    if (rows.length === 0) continue;
    blocks.push(`${style.paint(title, colours[state])}\n${alignedRows(rows, '  ').join('\n')}\n`);
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

function placeOf(file: string, { found }: ComparedImage): string {
  return [file, placeInManifest(found)].filter(text => text !== '').join(' ');
}
