import type { Component } from '../catalog/types.ts';
import { holdsPath, type ImageEntry } from '../analysis/images.ts';
import { upstreamFinder } from '../analysis/upstreams.ts';
import type { StackView } from '../analysis/stackView.ts';
import { knowsOverrides } from '../findings/location.ts';
import { addOverrides, isOverridable, isWritable } from '../rules/image/overrides.ts';
import { imageLabel, lacksOverride, repositoryValue } from '../rules/image/rewriteChanges.ts';
import { rewriteImage } from '../rules/image/rewriteImage.ts';
import { pullsUnpublished, setTag } from '../rules/image/tagChanges.ts';
import type { RequestedAction } from './requestedAction.ts';
import type { Change } from '../findings/finding.ts';
import type { Layer } from '../stack/layer.ts';
import type { Span } from '../text/span.ts';
import { placeAt } from '../yaml/lookup.ts';
import { printPath } from '../yaml/nodes.ts';

/** What can be rewritten at a place of a layer's text: the image, its component, the file, the stack. */
export function rewriteActions(view: StackView, uri: string, span: Span): readonly RequestedAction[] {
  const layer = view.stack.layers.find(candidate => candidate.file?.uri === uri);
  if (layer === undefined) return [];
  const place = placeAt(layer.root, span.start);
  const component = place && view.catalog.componentOf(place.path);
  const own = component === undefined ? [] : view.imagesOf(component);
  const printed = printPath(place?.path ?? []);
  const here = own.filter(
    entry =>
      printed === entry.image.path ||
      holdsPath(entry, printed, 'path') ||
      holdsPath(entry, printed, 'override'),
  );
  const written = view.images.filter(entry => writer(entry) === layer);
  return [
    ...rewrites(view, layer, { component, own, written }),
    ...reversals(view, { component, here, own: own.filter(entry => writer(entry) === layer), written }),
    ...pins(view, layer, component, own),
  ];
}

function writer(entry: ImageEntry): Layer | undefined {
  return repositoryValue(entry)?.winner.layer;
}

interface Scope {
  readonly component: Component | undefined;
  readonly own: readonly ImageEntry[];
  readonly written: readonly ImageEntry[];
}

function rewrites(
  view: StackView,
  layer: Layer,
  { component, own, written }: Scope,
): readonly RequestedAction[] {
  if (view.policy === undefined) return [];
  const canAdd = (image: ImageEntry): boolean => knowsOverrides(view) && isOverridable(view, layer, image);
  const ofComponent = own.filter(
    entry => isRewritable(entry) && (rewriteOne(view, entry).length > 0 || lacksLayer(entry, canAdd)),
  );
  const ofFile = written.filter(entry => isRewritable(entry) && rewriteOne(view, entry).length > 0);
  const missing = view.images.filter(image => lacksOverride(image) && canAdd(image));
  return [
    ...action(
      ofComponent,
      'refactor.rewrite',
      count => `Rewrite ${count} of ${component?.title ?? ''} to the private registry`,
      () => [
        ...ofComponent.flatMap(entry => rewriteOne(view, entry)),
        ...addOverrides(
          view,
          layer,
          ofComponent.filter(entry => writer(entry)?.file === undefined),
        ),
      ],
    ),
    ...action(
      ofFile,
      'refactor.rewrite',
      count => `Rewrite ${count} of this file to the private registry`,
      () => ofFile.flatMap(entry => rewriteOne(view, entry)),
    ),
    ...action(
      missing,
      'refactor.rewrite',
      count => `Add the missing overrides of ${count} here`,
      () => addOverrides(view, layer, missing),
    ),
  ];
}

/** Whether no layer says anything about an image, so that an override can be added. */
function lacksLayer(entry: ImageEntry, canAdd: (image: ImageEntry) => boolean): boolean {
  return writer(entry)?.file === undefined && canAdd(entry);
}

function isRewritable(entry: ImageEntry): boolean {
  return entry.rewrite?.kind === 'rewritten' && !entry.isRepositoryTemplated;
}

function rewriteOne(view: StackView, entry: ImageEntry): readonly Change[] {
  if (entry.rewrite?.kind !== 'rewritten' || writer(entry)?.file === undefined) return [];
  return rewriteImage(view, entry, entry.rewrite.repository);
}

function reversals(
  view: StackView,
  { component, here, own, written }: Scope & { readonly here: readonly ImageEntry[] },
): readonly RequestedAction[] {
  const upstream = upstreamFinder(view);
  const known = written.flatMap(entry => reversalOf(view, entry, upstream));
  const of = (entries: readonly ImageEntry[]): readonly Reversal[] =>
    known.filter(({ entry }) => entries.includes(entry));
  const reverse =
    (reversals: readonly Reversal[]): RequestedAction['changes'] =>
    () =>
      reversals.flatMap(({ changes }) => changes);
  const image = of(here).slice(0, 1);
  return [
    ...image.map(({ entry, source, changes }): RequestedAction => ({
      title: `Point ${imageLabel(entry)} to ${source}`,
      kind: 'refactor.rewrite',
      changes: () => changes,
    })),
    ...action(
      of(own),
      'refactor.rewrite',
      count => `Point ${count} of ${component?.title ?? ''} back to upstream`,
      reverse(of(own)),
    ),
    ...action(
      known,
      'refactor.rewrite',
      count => `Point ${count} of this file back to upstream`,
      reverse(known),
    ),
  ];
}

/** The way back of one image to its upstream. */
interface Reversal {
  readonly entry: ImageEntry;
  readonly source: string;
  readonly changes: readonly Change[];
}

function reversalOf(
  view: StackView,
  entry: ImageEntry,
  upstream: (repository: string) => string | undefined,
): readonly Reversal[] {
  if (entry.canonical === undefined || entry.state !== 'private') return [];
  const source = upstream(entry.canonical);
  if (source === undefined) return [];
  const changes = rewriteImage(view, entry, source);
  if (changes.length === 0) return [];
  return [{ entry, source, changes }];
}

function pins(
  view: StackView,
  layer: Layer,
  component: Component | undefined,
  own: readonly ImageEntry[],
): readonly RequestedAction[] {
  if (!isWritable(layer) || !knowsOverrides(view)) return [];
  const changes: Change[] = [];
  for (const entry of own) {
    const { form, templated, resolved } = entry;
    if (form !== 'map' || templated || entry.isTagMisread || pullsUnpublished(view, entry)) continue;
    if (resolved.kind !== 'known' || resolved.from !== 'rule') continue;
    const change = setTag(view, entry, resolved.tag, layer);
    if (change !== undefined) changes.push(change);
  }
  return action(
    changes,
    'refactor.rewrite',
    count => `Pin the tags of ${count} of ${component?.title ?? ''}`,
    () => changes,
  );
}

/** One action for all of the items, or none where there are none. */
function action(
  items: readonly unknown[],
  kind: RequestedAction['kind'],
  title: (count: string) => string,
  changes: () => readonly Change[],
): readonly RequestedAction[] {
  if (items.length === 0) return [];
  return [{ title: title(`${items.length} ${items.length === 1 ? 'image' : 'images'}`), kind, changes }];
}
