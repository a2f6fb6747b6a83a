import type { ImageCopy, MirrorPlan } from '../mirror/types.ts';
import { misplacedCopies } from '../mirror/unmapped.ts';
import { chartRows, textRows, titledTable, unresolvedRows } from './mirrorRows.ts';
import { printable } from '../text/printable.ts';
import { count, type TextStyle } from './style.ts';
import type { Cell } from './table.ts';

/** A plan for people: what is copied from where to where, what is not known, and what prevents an export. */
export function mirrorText(plan: MirrorPlan, style: TextStyle): string {
  return [...mirrorBlocks(plan, style), mirrorSummary(plan, style)].join('\n');
}

/** The lists of a plan, each with its title. */
export function mirrorBlocks(plan: MirrorPlan, style: TextStyle): readonly string[] {
  const { copies, charts, files, unresolved, refused } = plan;
  const blocks: string[] = [];
  const add = (title: string, rows: readonly (readonly Cell[])[]): void => {
    blocks.push(...titledTable(title, rows, style));
  };
  add('Images', copies.map(copyRow));
  add('Helm charts', chartRows(charts));
  add('Files', textRows(files));
  add('Not known', unresolvedRows(unresolved));
  add('Without a place in the mirror', unresolvedRows(misplacedCopies(plan)));
  add('In the way of an export', textRows(refused));
  return blocks;
}

function copyRow({
  source,
  target,
  class: kind,
  isHidden,
  choices,
  retired,
  replaces,
}: ImageCopy): readonly Cell[] {
  const notes: string[] = kind === 'deployed' ? [] : [kind];
  if (isHidden && kind !== 'plugin') notes.push('no image value changes it');
  if (choices.length > 0) notes.push(`users may choose ${count(choices.length, 'other tag')}`);
  if (replaces !== undefined) notes.push(`in place of ${replaces}`);
  if (retired !== undefined) notes.push(retired);
  const to = target === undefined ? '' : `to ${target}`;
  return [[printable(source)], [printable(to)], [printable(notes.join(', '))]];
}

/** How much a plan has, and what to know before copying. */
export function mirrorSummary(
  { copies, charts, release, stack, unresolved }: MirrorPlan,
  style: TextStyle,
): string {
  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const head = style.paint(`${count(copies.length, 'image')} to mirror`, 'bold');
  const parts = [head, count(charts.length, 'Helm chart')];
  if (unresolved.length > 0) parts.push(`${unresolved.length} not known`);
  const lines = [`deployKF ${printable(release)}${name}: ${parts.join(', ')}`];
  const hub = copies.filter(({ source }) => source.startsWith('docker.io/')).length;
  if (hub > 0)
    lines.push(
      `${hub} of them ${hub === 1 ? 'comes' : 'come'} from Docker Hub, which allows 100 pulls in 6 hours without a login: log in before copying`,
    );
  if (copies.length > 0 && copies.every(({ target }) => target === undefined))
    lines.push('No registry policy says where to: write one with deploykf-values init --registry HOST');
  return lines.map(line => `${line}\n`).join('');
}
