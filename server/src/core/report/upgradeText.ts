import { splitImage } from '../image/splitImage.ts';
import type { ImageCopy } from '../mirror/types.ts';
import { chartRows, textRows, titledTable, unresolvedRows } from './mirrorRows.ts';
import { printable } from '../text/printable.ts';
import { pulledName } from '../upgrade/images.ts';
import type { OverrideChange, OverrideProblem, Upgrade } from '../upgrade/types.ts';
import { count, type Colour, type TextStyle } from './style.ts';
import type { Cell } from './table.ts';
import type { PathOf } from './types.ts';

export interface UpgradeTextOptions {
  readonly style: TextStyle;
  readonly pathOf: PathOf;
}

type Row = readonly Cell[];

const colours: Readonly<Record<OverrideProblem, Colour>> = {
  removed: 'yellow',
  shape: 'red',
  ignored: 'yellow',
  pinned: 'yellow',
  'default-moved': 'yellow',
};

/** An upgrade for people: what to mirror before, what is not needed any more, and which overrides to look at. */
export function upgradeText(upgrade: Upgrade, options: UpgradeTextOptions): string {
  return [...upgradeBlocks(upgrade, options), upgradeSummary(upgrade, options.style)].join('\n');
}

/** The lists of an upgrade, each with its title. */
export function upgradeBlocks(upgrade: Upgrade, { style, pathOf }: UpgradeTextOptions): readonly string[] {
  const { images, charts, files, unresolved, overrides } = upgrade;
  const blocks: string[] = [];
  const add = (title: string, rows: readonly Row[]): void => {
    blocks.push(...titledTable(title, rows, style));
  };
  const formers = formerNames(upgrade);
  add(
    'Images to mirror before the upgrade',
    images.added.map(copy => copyRow(copy, sayFormer(copy, formers))),
  );
  add(
    'Images that are not pulled any more',
    images.removed.map(copy => [[printable(copy.target ?? pulledName(copy))]]),
  );
  add('Not known', unresolvedRows(unresolved));
  add('Helm charts to mirror before the upgrade', chartRows(charts));
  add('Files', textRows(files));
  add(
    'Images of the ArgoCD plugin, when it is upgraded, too',
    images.plugin.map(copy => copyRow(copy, '')),
  );
  add(
    'Overrides to look at',
    overrides.map(override => overrideRow(override, style, pathOf)),
  );
  return blocks;
}

function copyRow(copy: ImageCopy, former: string): Row {
  const { source, target, class: kind, replaces, retired } = copy;
  const notes: string[] = former === '' ? [] : [former];
  if (kind !== 'deployed' && kind !== 'plugin') notes.push(kind);
  if (replaces !== undefined) notes.push(`in place of ${replaces}`);
  if (retired !== undefined) notes.push(retired);
  return [
    [printable(source)],
    [target === undefined ? '' : printable(`to ${target}`)],
    [printable(notes.join(', '))],
  ];
}

/** By what is pulled now, what is pulled in its place before. */
function formerNames({ images }: Upgrade): ReadonlyMap<string, string> {
  return new Map([...images.renamed, ...images.retagged].map(({ from, to }) => [to, from]));
}

function sayFormer(copy: ImageCopy, formers: ReadonlyMap<string, string>): string {
  const name = pulledName(copy);
  const former = formers.get(name);
  if (former === undefined) return 'new';
  const { repository, tag, digest } = splitImage(former);
  if (repository === splitImage(name).repository) return `was ${tag ?? digest ?? 'without a tag'}`;
  return `was ${former}`;
}

function overrideRow({ uri, range, what, message }: OverrideChange, style: TextStyle, pathOf: PathOf): Row {
  const place = `${pathOf(uri)}:${range.start.line + 1}`;
  return [[printable(place)], [what, text => style.paint(text, colours[what])], [printable(message)]];
}

/** How much an upgrade asks for. */
export function upgradeSummary(upgrade: Upgrade, style: TextStyle): string {
  const { from, to, stack, images, charts, overrides } = upgrade;
  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const head = `deployKF ${printable(from)} to ${printable(to)}${name}`;
  const parts = [
    style.paint(`${count(images.added.length, 'image')} to mirror`, 'bold'),
    `${images.removed.length} not pulled any more`,
    `${images.same} unchanged`,
    `${count(charts.length, 'Helm chart')} to mirror`,
    `${count(overrides.length, 'override')} to look at`,
  ];
  return `${head}: ${parts.join(', ')}\n`;
}
