import { shortDigest } from '../image/digest.ts';
import type { ComparedImage, PlanState } from '../rendered/compare.ts';
import { planStates } from '../rendered/planStates.ts';
import { placeInManifest } from '../rendered/placeInManifest.ts';
import type { ImageCopy } from '../mirror/types.ts';
import { atMost } from '../text/list.ts';
import { printable } from '../text/printable.ts';
import type { WithoutForeign } from './foreignPods.ts';
import type { RenderedFile } from './renderedJson.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';

const colours: Readonly<Record<PlanState, Colour>> = {
  missing: 'red',
  unknown: 'red',
  'other-digest': 'red',
  'other-tag': 'yellow',
  public: 'yellow',
  same: 'green',
};

/** What manifests name, beside the plan. */
export interface RenderedReport extends WithoutForeign {
  /** What the plan has and no manifest names. */
  readonly notRendered: readonly ImageCopy[];
}

/** What manifests name, beside the plan; each image once, with its first place. */
export function renderedText(report: RenderedReport, style: TextStyle): string {
  const { files, foreign, notRendered } = report;
  const blocks: string[] = [];
  const counts: string[] = [];
  const idle = rowsOf(files, ({ found }) => found.running?.trouble !== undefined);
  if (idle.length > 0) {
    blocks.push(`${style.paint('Not pulled', 'red')}\n${alignedRows(idle, '  ').join('\n')}\n`);
    counts.push(`${idle.length} not pulled`);
  }
  for (const { state, title } of planStates) {
    const rows = rowsOf(files, image => image.state === state);
    if (rows.length === 0) continue;
    blocks.push(`${style.paint(title, colours[state])}\n${alignedRows(rows, '  ').join('\n')}\n`);
    counts.push(`${rows.length} ${title[0]?.toLowerCase() ?? ''}${title.slice(1)}`);
  }
  if (notRendered.length > 0) {
    const lines = notRendered.map(({ source, target }) => `  ${printable(target ?? source)}`);
    blocks.push(`${style.paint('In the plan, but not in these manifests', 'bold')}\n${lines.join('\n')}\n`);
  }
  if (foreign.length > 0) {
    const places = count(foreign.length, 'namespace');
    blocks.push(`Left out: Pods of ${places} that the stack does not use (${atMost(foreign, 5)})\n`);
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

function rowsOf(
  files: readonly RenderedFile[],
  isWanted: (image: ComparedImage) => boolean,
): readonly (readonly Cell[])[] {
  const rows = new Map<string, { readonly place: string; number: number }>();
  for (const { file, images } of files) {
    for (const image of images) {
      if (!isWanted(image)) continue;
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
  const { digest, trouble } = found.running ?? {};
  const place = [file, placeInManifest(found), digest && shortDigest(digest)];
  const text = place.filter(Boolean).join(' ');
  return trouble === undefined ? text : `${text}: ${trouble}`;
}
