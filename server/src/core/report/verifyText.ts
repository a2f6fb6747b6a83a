import { withoutLogins } from '../text/logins.ts';
import { printable } from '../text/printable.ts';
import type { VerifiedImage, VerifyState } from '../verify/types.ts';
import { titledTable, unresolvedRows } from './mirrorRows.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import type { Cell } from './table.ts';
import { isComplete, type VerifyReport } from './verifyJson.ts';

/** The states by what to do about them, the worst first. */
const titles: readonly (readonly [VerifyState, title: string, colour: Colour])[] = [
  ['missing', 'Missing', 'red'],
  ['missing-or-denied', 'Missing, or not allowed to be read', 'red'],
  ['hole', 'Not complete: copy them again', 'red'],
  ['different', 'Other content than wanted', 'red'],
  ['some-platforms', 'Not for all platforms', 'yellow'],
  ['unreachable', 'Not reached', 'yellow'],
  ['unchecked', 'Not checked', 'yellow'],
];

interface VerifyStyle extends TextStyle {
  /** Whether to say how more can be checked. */
  readonly hasHints: boolean;
}

/** What was found in the registries, for people: only what is not as it should be, and a summary. */
export function verifyText(report: VerifyReport, style: VerifyStyle): string {
  return [...verifyBlocks(report, style), summary(report, style)].join('\n');
}

/** The same without the summary. */
export function verifyBlocks({ images, unresolved }: VerifyReport, style: TextStyle): readonly string[] {
  const blocks: string[] = [];
  for (const [state, title, colour] of titles) {
    const rows = rowsOf(
      images.filter(image => image.state === state),
      images,
    ).map(row => paintRow(row, colour, style));
    blocks.push(...titledTable(title, rows, style));
  }
  const notes = images.filter(({ state, detail }) => state === 'there' && detail !== '');
  blocks.push(
    ...titledTable(
      'There, with a note',
      rowsOf(notes, images).map(row => paintRow(row, 'dim', style)),
      style,
    ),
  );
  blocks.push(...titledTable('Not known, so not looked for', unresolvedRows(unresolved), style));
  return blocks;
}

type Row = readonly [image: string, detail: string];

/** What is true of all images of one registry is said once. */
function rowsOf(images: readonly VerifiedImage[], all: readonly VerifiedImage[]): readonly Row[] {
  const groups = new Map<string, VerifiedImage[]>();
  for (const image of images) {
    const key = `${hostOf(image)} ${image.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), image]);
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const host = hostOf(first);
    const isAll = all.every(image => hostOf(image) !== host || group.includes(image));
    if (!isAll || group.length === 1 || first.detail === '') return group.map(rowOf);
    return [[`all ${count(group.length, 'image')} of ${host}`, first.detail]];
  });
}

function hostOf({ target }: VerifiedImage): string {
  return target.slice(0, target.indexOf('/'));
}

function rowOf({ target, detail }: VerifiedImage): Row {
  return [target, detail];
}

function paintRow([image, detail]: Row, colour: Colour, { paint }: TextStyle): readonly Cell[] {
  return [[printable(image)], [printable(withoutLogins(detail)), text => paint(text, colour)]];
}

/** How many of the images are there. */
export function sayThere(report: VerifyReport): string {
  const { images, unresolved } = report;
  const all = count(images.length + unresolved.length, 'image');
  if (isComplete(report)) return `all ${all} are there`;
  return `${images.filter(({ state }) => state === 'there').length} of ${all} are there`;
}

function summary(report: VerifyReport, { paint, hasHints }: VerifyStyle): string {
  const { stack, release, images } = report;
  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const lines = [`deployKF ${printable(release)}${name}: ${paint(sayThere(report), 'bold')}`];
  const isCompared = images.some(({ wanted }) => wanted !== undefined);
  const isSome = images.some(({ state }) => state === 'there');
  if (isSome && !isCompared && hasHints)
    lines.push(
      'Their digests were compared with nothing: --source asks upstream, --lock keeps them in mirror.lock',
    );
  return lines.map(line => `${line}\n`).join('');
}
