import { saidState } from '../analysis/imageState.ts';
import type { ImageEntry } from '../analysis/images.ts';
import { retiredUpstream } from '../analysis/retiredUpstream.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { HiddenImage } from '../catalog/types.ts';
import { registryOf } from '../image/repository.ts';
import { isUnpinned } from '../rules/image/tagChanges.ts';
import { html, htmlLegend, htmlTable, type Markup } from './html.ts';
import type { Colour } from './style.ts';

type Mark =
  'private' | 'accepted' | 'public' | 'unpinned' | 'unknown' | 'retired' | 'upstream retired' | 'hidden';

interface MarkWords {
  readonly mark: Mark;
  readonly colour: Colour;
  readonly meaning: string;
}

const marks: readonly MarkWords[] = [
  { mark: 'private', colour: 'green', meaning: 'comes from a private registry' },
  { mark: 'accepted', colour: 'blue', meaning: 'public, and the registry policy accepts that' },
  { mark: 'public', colour: 'yellow', meaning: 'comes from a public registry' },
  { mark: 'unpinned', colour: 'yellow', meaning: 'private, and its tag is only chosen at deploy time' },
  {
    mark: 'unknown',
    colour: 'yellow',
    meaning:
      'another tool fills the repository in, it is not valid, or no registry policy says whether it is private',
  },
  { mark: 'retired', colour: 'red', meaning: 'the upstream repository is gone or has moved' },
  {
    mark: 'upstream retired',
    colour: 'red',
    meaning: 'private, and what it is a copy of is gone or has moved',
  },
  { mark: 'hidden', colour: 'dim', meaning: 'no value can change it' },
];

interface Cell {
  readonly component: string;
  readonly registry: string;
  readonly marks: readonly Mark[];
}

/** What is deployed, by component and by the registry that it is pulled from. */
export function htmlRegistries(view: StackView): Markup {
  const cells = [...view.images.filter(({ enabled }) => enabled).map(entry => imageCell(view, entry))];
  for (const { reference, component } of deployedHidden(view))
    cells.push({ component, registry: registryOf(reference) ?? unknownRegistry, marks: ['hidden'] });
  const registries = [...new Set(cells.map(({ registry }) => registry))].sort();
  const rows = [...new Set(cells.map(({ component }) => component))].map(component => [
    component,
    ...registries.map(registry =>
      badges(cells.filter(cell => cell.component === component && cell.registry === registry)),
    ),
  ]);
  const used = marks.filter(({ mark }) => cells.some(cell => cell.marks.includes(mark)));
  return html`${htmlTable(['Component', ...registries], rows, 'Nothing is deployed')}
  ${htmlLegend(used.map(({ mark, colour, meaning }) => ({ word: mark, colour, meaning })))}`;
}

/** Images that no value can change and that Pods of deployed components may pull. */
export function deployedHidden(view: StackView): readonly HiddenImage[] {
  return view.catalog.catalog.hiddenImages.filter(({ component, deployed }) => {
    const owner = view.catalog.componentAt(component);
    return deployed !== 'not-run' && owner !== undefined && view.isEnabled(owner);
  });
}

const unknownRegistry = 'not known';

function imageCell(view: StackView, entry: ImageEntry): Cell {
  const { component, retired, canonical } = entry;
  const registry = canonical === undefined ? undefined : registryOf(canonical);
  const own: Mark[] = [registry === undefined ? 'unknown' : saidState(view, entry)];
  if (retired !== undefined) own.push('retired');
  if (retiredUpstream(view, entry) !== undefined) own.push('upstream retired');
  if (isUnpinned(view, entry)) own.push('unpinned');
  return { component: component.path, registry: registry ?? unknownRegistry, marks: own };
}

function badges(cells: readonly Cell[]): readonly Markup[] {
  const badgesOfCell: Markup[] = [];
  for (const { mark, colour } of marks) {
    const number = cells.filter(cell => cell.marks.includes(mark)).length;
    if (number > 0) badgesOfCell.push(html`<span class="${colour}">${number} ${mark}</span> `);
  }
  return badgesOfCell;
}
