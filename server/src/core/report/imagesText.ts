import { pulledReference, shownRepository, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { alignedRows, type Cell } from './table.ts';
import { tagSource } from './tagSource.ts';
import { sayPlace } from './sayPlace.ts';
import type { PathOf } from './types.ts';

export interface ImagesTextOptions {
  readonly style: TextStyle;
  readonly pathOf: PathOf;
  /** How the stack is called; empty when it has no name. */
  readonly stack: string;
}

const stateColours: Readonly<Record<ImageEntry['state'], Colour>> = {
  private: 'green',
  public: 'yellow',
  accepted: 'blue',
};

/** Every image of a stack as a table by component, and how many are private. */
export function imagesText(view: StackView, options: ImagesTextOptions): string {
  const rows = new Map(view.images.map(entry => [entry, imageRow(view, entry, options)]));
  const fitted = fit([...rows.values()], options.style.width);
  const lines = alignedRows(fitted, '  ');
  const blocks = view.catalog.catalog.components.flatMap(component => {
    const own = view.images.flatMap((entry, index) => {
      if (entry.component !== component) return [];
      return [lines[index] ?? ''];
    });
    if (own.length === 0) return [];
    const off = view.isEnabled(component) ? '' : ' (not enabled)';
    return [`${options.style.paint(component.title, 'bold')} ${component.path}${off}\n${own.join('\n')}\n`];
  });
  return [...blocks, summary(view, options)].join('\n');
}

/** The name that people know an image by: its key under `images`, or the end of its value path. */
function shortName({ form, path, component }: ImageEntry): string {
  if (form === 'map') return path.slice(path.lastIndexOf('.') + 1);
  return path.slice(component.path.length + 1);
}

function imageRow(view: StackView, entry: ImageEntry, options: ImagesTextOptions): readonly Cell[] {
  const { paint } = options.style;
  const state = entry.state + (entry.retired === undefined ? '' : ', retired');
  const colour = entry.retired === undefined ? stateColours[entry.state] : 'red';
  return [
    [shortName(entry)],
    [printable(referenceText(entry))],
    [state, text => paint(text, colour)],
    [tagText(view, entry, options), text => paint(text, 'dim')],
  ];
}

function referenceText(entry: ImageEntry): string {
  const reference = entry.templated ? undefined : pulledReference(entry);
  if (reference !== undefined) return reference === '' ? '(empty)' : reference;
  if (entry.repository !== undefined) return `${entry.canonical ?? shownRepository(entry) ?? ''}:?`;
  return entry.resolved.kind === 'literal' ? '(none)' : '?';
}

function tagText(view: StackView, entry: ImageEntry, { pathOf }: ImagesTextOptions): string {
  const { from, said } = tagSource(view, entry);
  if (from === 'values' && said !== undefined) return `tag from ${sayPlace(said, pathOf)}`;
  if (from === 'release') return 'tag from the release';
  return from === 'rule' ? 'tag by rule' : 'tag unknown';
}

/** On a narrow terminal the references are shortened, so that each image stays on its line. */
function fit(rows: readonly (readonly Cell[])[], width: number | undefined): readonly (readonly Cell[])[] {
  if (width === undefined) return rows;
  const widest = (column: number): number => Math.max(0, ...rows.map(row => row[column]?.[0].length ?? 0));
  const room = Math.max(24, width - 2 - widest(0) - widest(2) - widest(3) - 6);
  return rows.map(row =>
    row.map((cell, column) => (column === 1 ? ([shortened(cell[0], room)] as const) : cell)),
  );
}

function summary(view: StackView, { style, stack }: ImagesTextOptions): string {
  const { images, policy } = view;
  const number = (state: ImageEntry['state']): number => images.filter(entry => entry.state === state).length;
  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const disabled = images.filter(entry => !entry.enabled).length;
  const retired = images.filter(entry => entry.retired !== undefined).length;
  const parts = [
    ...(number('accepted') > 0 ? [`${number('accepted')} accepted as public`] : []),
    ...(retired > 0 ? [`${retired} retired`] : []),
    ...(disabled > 0 ? [`${disabled} not enabled`] : []),
  ];
  const head = style.paint(`${number('private')} of ${images.length} private`, 'bold');
  const hidden = view.catalog.catalog.hiddenImages.length;
  return [
    [`deployKF ${view.catalog.release}${name}: ${head}`, ...parts].join(', '),
    ...(hidden === 0 ? [] : [`${count(hidden, 'more image')} that no value can change: see --format json`]),
    ...(policy === undefined
      ? ['No registry policy: write one with deploykf-values init --registry HOST']
      : []),
  ]
    .map(line => `${line}\n`)
    .join('');
}
