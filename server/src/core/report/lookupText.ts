import { isFound, type FoundImage, type FoundInStack } from '../lookup/lookUp.ts';
import type { ImageUse } from '../lookup/imageUses.ts';
import type { ReportLocation } from '../findings/location.ts';
import { printable } from '../text/printable.ts';
import {
  askedText,
  deployedText,
  goneText,
  missingText,
  relationText,
  secretText,
  tagText,
  titleOf,
} from './lookupWords.ts';
import { locationIn } from './lookupPlace.ts';
import type { TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';
import type { PathOf } from './types.ts';

export interface LookupTextOptions {
  readonly style: TextStyle;
  readonly pathOf: PathOf;
}

/** The way back from images for people: a block for each image, with what of each stack it comes from. */
export function lookupText(found: readonly FoundImage[], options: LookupTextOptions): string {
  return found.map(image => imageBlock(image, options)).join('\n');
}

function imageBlock(image: FoundImage, options: LookupTextOptions): string {
  const { asked, stacks } = image;
  const lines = [options.style.paint(askedText(asked), isFound(image) ? 'bold' : 'yellow')];
  for (const stack of stacks) lines.push(...stackLines(stack, options));
  return lines.map(line => `${line}\n`).join('');
}

function stackLines(stack: FoundInStack, options: LookupTextOptions): readonly string[] {
  const { view, name, uses, upstream } = stack;
  const title = `${name === '' ? 'the release' : printable(name)} · deployKF ${view.catalog.release}`;
  const notes: Cell[][] = [];
  if (upstream !== undefined) notes.push([['copied from'], [upstream]]);
  const gone = goneText(stack);
  if (gone !== '') notes.push([['upstream'], [gone]]);
  const head = [`  ${title}`, ...alignedRows(notes, '    ')];
  if (uses.length === 0) return [...head, `    ${missingText(stack)}`];
  return [
    ...head,
    ...uses.flatMap(use => [
      `    ${options.style.paint(titleOf(use), 'green')}`,
      ...alignedRows(useRows(stack, use, options), '      '),
    ]),
  ];
}

function useRows(stack: FoundInStack, use: ImageUse, { pathOf }: LookupTextOptions): readonly Cell[][] {
  const placed = (place: ReportLocation): string => {
    const location = locationIn(stack.view, place);
    return location === undefined ? '' : `${printable(pathOf(location.uri))}:${location.start.line + 1}`;
  };
  const rows: (readonly [string, string])[] = [];
  if (use.setAt !== undefined) rows.push(['set in', placed(use.setAt)]);
  else if (use.kind === 'value') rows.push(['set in', 'the defaults of the release']);
  if (use.overrideAt !== undefined) rows.push(['override goes to', placed(use.overrideAt)]);
  rows.push(['it is', relationText(use)]);
  rows.push(['tag', tagText(use.tag)]);
  rows.push(['deployed', deployedText(use)]);
  if (use.secret !== undefined) rows.push(['pull Secret', secretText(use.secret)]);
  return rows.filter(([, text]) => text !== '').map(row => row.map((text): Cell => [text]));
}
