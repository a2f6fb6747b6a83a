import { hiddenImages } from '../analysis/hiddenImages.ts';
import { saidState, type SaidState } from '../analysis/imageState.ts';
import { shownReference, type ImageEntry } from '../analysis/images.ts';
import { retiredUpstream } from '../analysis/retiredUpstream.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Component, HiddenImage } from '../catalog/types.ts';
import { imageLabel } from '../rules/image/rewriteChanges.ts';
import { splitImage } from '../image/splitImage.ts';
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

const stateColours: Readonly<Record<SaidState, Colour>> = {
  private: 'green',
  public: 'yellow',
  accepted: 'blue',
  unknown: 'dim',
};

/** Every image of a stack as a table by component, and how many are private. */
export function imagesText(view: StackView, options: ImagesTextOptions): string {
  const rows = new Map(view.images.map(entry => [entry, imageRow(view, entry, options)]));
  const fitted = fit([...rows.values()], options.style.width, 1);
  const lines = alignedRows(fitted, '  ');
  const blocks: string[] = [];
  for (const component of view.catalog.catalog.components) {
    const own = lines.filter((_, index) => view.images[index]?.component === component);
    if (own.length === 0) continue;
    const title = `${options.style.paint(component.title, 'bold')} ${component.path}${sayOff(view, component)}`;
    blocks.push(`${title}\n${own.join('\n')}\n`);
  }
  return [...blocks, ...unchangeable(view, options), summary(view, options)].join('\n');
}

function sayOff(view: StackView, component: Component): string {
  if (view.isEnabled(component)) return '';
  return isOpenOff(view, component) ? ' (not known to be enabled)' : ' (not enabled)';
}

/** Whether a component is off as far as the layers that are here tell, while a missing one may switch it on. */
function isOpenOff(view: StackView, component: Component): boolean {
  return !view.isEnabled(component) && view.isUncertain(component.enabledPath);
}

const pulledWhen: Readonly<Record<HiddenImage['deployed'], string>> = {
  runtime: 'when the feature is used',
  example: 'by an example',
  'opt-in': 'by a feature that is off',
  'not-run': 'never, as far as known',
};

/** The images that no value can change, and those of the ArgoCD plugin, each as a table of its own. */
function unchangeable(view: StackView, { style }: ImagesTextOptions): readonly string[] {
  const { hiddenImages, pluginImages } = view.catalog.catalog;
  const hidden = hiddenImages.map(({ reference, component, deployed }): readonly Cell[] => {
    const owner = view.catalog.componentAt(component);
    const name = owner === undefined ? component : `${owner.title}${sayOff(view, owner)}`;
    return [[reference], [name], [`pulled ${pulledWhen[deployed]}`]];
  });
  const plugin = pluginImages.map(({ reference, variant, where }): readonly Cell[] => [
    [reference],
    [`by ${variant}`],
    [where],
  ]);
  const tables: string[] = [];
  const add = (title: string, rows: readonly (readonly Cell[])[]): void => {
    if (rows.length === 0) return;
    const fitted = fit(rows, style.width, rows === plugin ? 2 : 0);
    tables.push(`${style.paint(title, 'bold')}\n${alignedRows(fitted, '  ').join('\n')}\n`);
  };
  add('Images that no value can change', hidden);
  add('Images of the ArgoCD plugin', plugin);
  return tables;
}

function imageRow(view: StackView, entry: ImageEntry, options: ImagesTextOptions): readonly Cell[] {
  return [
    [imageLabel(entry)],
    [printable(shownReference(entry))],
    stateCell(view, entry, options),
    [tagText(view, entry, options), text => options.style.paint(text, 'dim')],
  ];
}

function stateCell(view: StackView, entry: ImageEntry, { style: { paint } }: ImagesTextOptions): Cell {
  const { retired } = entry;
  const state = saidState(view, entry);
  if (entry.isRepositoryTemplated) return ['unknown', text => paint(text, 'dim')];
  if (retired !== undefined) return [`${state}, retired`, text => paint(text, 'red')];
  if (retiredUpstream(view, entry) !== undefined)
    return [`${state}, upstream retired`, text => paint(text, 'red')];
  return [state, text => paint(text, stateColours[state])];
}

function tagText(view: StackView, entry: ImageEntry, { pathOf }: ImagesTextOptions): string {
  const { from, said } = tagSource(view, entry);
  const { tag, digest } = splitImage(entry.rendered ?? '');
  if (tag === undefined && digest !== undefined) return 'by its digest';
  if (from === 'values' && said !== undefined) return `tag from ${sayPlace(said, pathOf)}`;
  if (from === 'release') return 'tag from the release';
  if (from === 'rule') return 'tag by rule';
  return 'tag unknown';
}

/** On a narrow terminal the texts of a column are shortened, so that each image stays on its line. */
function fit(
  rows: readonly (readonly Cell[])[],
  width: number | undefined,
  fitted: number,
): readonly (readonly Cell[])[] {
  if (width === undefined) return rows;
  const columns = rows[0]?.length ?? 0;
  let room = width - 2 * columns;
  for (let column = 0; column < columns; column++) {
    if (column !== fitted) room -= Math.max(0, ...rows.map(row => row[column]?.[0].length ?? 0));
  }
  const wide = Math.max(24, room);
  return rows.map(row =>
    row.map((cell, column) => (column === fitted ? ([shortened(cell[0], wide)] as const) : cell)),
  );
}

function summary(view: StackView, { style, stack }: ImagesTextOptions): string {
  const { images, policy } = view;
  const number = (isCounted: (entry: ImageEntry) => boolean): number => images.filter(isCounted).length;
  const privateOnes = number(({ state }) => state === 'private');
  const accepted = number(({ state }) => state === 'accepted');
  const retired = number(entry => entry.retired !== undefined);
  const stale = number(entry => retiredUpstream(view, entry) !== undefined);
  const uncertain = number(({ component }) => isOpenOff(view, component));
  const disabled = number(({ enabled }) => !enabled) - uncertain;
  const filledIn = number(entry => entry.isRepositoryTemplated);
  const unknown = number(entry => entry.canonical !== undefined && saidState(view, entry) === 'unknown');
  const { components, hiddenImages: allHidden } = view.catalog.catalog;
  const hiddenIn = (own: readonly Component[]): number =>
    own.flatMap(component => hiddenImages(view, component)).length;
  const deployed = hiddenIn(components.filter(component => view.isEnabled(component)));
  const openHidden = hiddenIn(components.filter(component => isOpenOff(view, component)));
  const notDeployed = allHidden.length - deployed - openHidden;

  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const head = style.paint(`${privateOnes} of ${images.length} private`, 'bold');
  const parts = [`deployKF ${view.catalog.release}${name}: ${head}`];
  if (accepted > 0) parts.push(`${accepted} accepted as public`);
  if (retired > 0) parts.push(`${retired} retired`);
  if (stale > 0) parts.push(`${stale} private with a retired upstream`);
  if (unknown > 0) parts.push(`${unknown} not known to be private or public`);
  if (filledIn > 0) parts.push(`${filledIn} filled in by another tool`);
  if (disabled > 0) parts.push(`${disabled} not enabled`);
  if (uncertain > 0) parts.push(`${uncertain} not known to be enabled`);
  const lines = [parts.join(', ')];
  if (allHidden.length > 0) {
    const rest = notDeployed > 0 ? `, ${notDeployed} not deployed` : '';
    const open = openHidden > 0 ? `, ${openHidden} not known to be deployed` : '';
    lines.push(`${count(allHidden.length, 'more image')} that no value can change${rest}${open}`);
  }
  if (policy === undefined)
    lines.push('No registry policy: write one with deploykf-values init --registry HOST');
  return lines.map(line => `${line}\n`).join('');
}
