import { withoutLogins } from '../text/logins.ts';
import { printable } from '../text/printable.ts';
import type { VerifiedImage, VerifyState } from '../verify/types.ts';
import { titledTable, unresolvedRows } from './mirrorRows.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import type { Cell } from './table.ts';
import type { VerifyReport } from './verifyJson.ts';

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

/** What was found in the registries, for people: only what is not as it should be, and a summary. */
export function verifyText(report: VerifyReport, style: TextStyle): string {
  const { images, unresolved } = report;
  const blocks: string[] = [];
  for (const [state, title, colour] of titles) {
    const rows = images.filter(image => image.state === state).map(image => rowOf(image, colour, style));
    blocks.push(...titledTable(title, rows, style));
  }
  const notes = images.filter(({ state, detail }) => state === 'there' && detail !== '');
  blocks.push(
    ...titledTable(
      'There, with a note',
      notes.map(image => rowOf(image, 'dim', style)),
      style,
    ),
  );
  blocks.push(...titledTable('Not known, so not looked for', unresolvedRows(unresolved), style));
  return [...blocks, summary(report, style)].join('\n');
}

function rowOf({ target, detail }: VerifiedImage, colour: Colour, { paint }: TextStyle): readonly Cell[] {
  return [[printable(target)], [printable(withoutLogins(detail)), text => paint(text, colour)]];
}

function summary({ stack, release, images, unresolved }: VerifyReport, { paint }: TextStyle): string {
  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const there = images.filter(({ state }) => state === 'there').length;
  const isWhole = there === images.length && unresolved.length === 0;
  const all = images.length + unresolved.length;
  const head = isWhole
    ? `all ${count(all, 'image')} are there`
    : `${there} of ${count(all, 'image')} are there`;
  const lines = [`deployKF ${printable(release)}${name}: ${paint(head, 'bold')}`];
  const isCompared = images.some(({ wanted }) => wanted !== undefined);
  if (there > 0 && !isCompared)
    lines.push(
      'Their digests were compared with nothing: --source asks upstream, --lock keeps them in mirror.lock',
    );
  return lines.map(line => `${line}\n`).join('');
}
