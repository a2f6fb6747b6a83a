import type { Component } from '../catalog/types.ts';
import type { ImageEntry } from '../policy/images.ts';
import { upstreamOf } from '../policy/reverse.ts';
import type { StackView } from '../policy/view.ts';
import {
  addOverrides,
  imageLabel,
  lacksOverride,
  repositoryValue,
  rewriteWritten,
  withRepository,
} from '../rules/rewriteChanges.ts';
import { setTag } from '../rules/tagChanges.ts';
import type { Change } from '../rules/types.ts';
import type { Layer } from '../stack/layer.ts';
import type { Span } from '../text/span.ts';
import { placeAt } from '../yaml/lookup.ts';
import { printPath } from '../yaml/nodes.ts';

/** A change that is wider than a finding; the user asks for it. */
export interface Action {
  readonly title: string;
  readonly kind: 'refactor.rewrite' | 'source';
  readonly changes: () => readonly Change[];
}

/** What can be rewritten at a place of a layer's text: the image, its component, the file, the stack. */
export function rewriteActions(view: StackView, uri: string, span: Span): readonly Action[] {
  const layer = view.stack.layers.find(candidate => candidate.file?.uri === uri);
  if (layer === undefined) return [];
  const place = placeAt(layer.root, span.start);
  const component = place && view.catalog.componentOf(place.path);
  const own = component === undefined ? [] : view.images.filter(entry => entry.component === component);
  const here = place === undefined ? [] : own.filter(entry => isAt(entry, printPath(place.path)));
  const written = view.images.filter(entry => writer(entry) === layer);
  return [
    ...rewrites(view, layer, { component, own, written }),
    ...reversals(view, { component, here, own: own.filter(entry => writer(entry) === layer), written }),
    ...pins(view, layer, component, own),
  ];
}

function isAt({ path, image }: ImageEntry, place: string): boolean {
  return place === path || place === image.path || place.startsWith(`${path}.`);
}

function writer(entry: ImageEntry): Layer | undefined {
  return repositoryValue(entry)?.winner.layer;
}

interface Scope {
  readonly component: Component | undefined;
  readonly own: readonly ImageEntry[];
  readonly written: readonly ImageEntry[];
}

function rewrites(view: StackView, layer: Layer, { component, own, written }: Scope): readonly Action[] {
  if (view.policy === undefined) return [];
  const ofComponent = own.filter(isRewritable);
  const ofFile = written.filter(isRewritable);
  const missing = view.images.filter(lacksOverride);
  return [
    ...action(
      ofComponent,
      'refactor.rewrite',
      count => `Rewrite ${count} of ${component?.title ?? ''} to the private registry`,
      () => [
        ...ofComponent.flatMap(entry => rewriteOne(entry) ?? []),
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
      () => ofFile.flatMap(entry => rewriteOne(entry) ?? []),
    ),
    ...action(
      missing,
      'refactor.rewrite',
      count => `Add the missing overrides of ${count} here`,
      () => addOverrides(view, layer, missing),
    ),
  ];
}

function isRewritable(entry: ImageEntry): boolean {
  return entry.rewrite?.kind === 'rewritten' && !entry.templated;
}

function rewriteOne(entry: ImageEntry): Change | undefined {
  const value = repositoryValue(entry);
  if (entry.rewrite?.kind !== 'rewritten' || value?.winner.layer.file === undefined) return undefined;
  return rewriteWritten(value.winner, withRepository(entry, entry.rewrite.repository));
}

function reversals(
  view: StackView,
  { component, here, own, written }: Scope & { readonly here: readonly ImageEntry[] },
): readonly Action[] {
  const { policy } = view;
  if (policy === undefined) return [];
  const reverse = (entries: readonly ImageEntry[]): readonly Change[] =>
    entries.flatMap(entry => reverseOne(view, entry) ?? []);
  const back = (entries: readonly ImageEntry[]): readonly ImageEntry[] =>
    entries.filter(entry => upstream(view, entry) !== undefined);
  const [image] = back(here.filter(entry => own.includes(entry)));
  const name = image === undefined ? '' : `${imageLabel(image)} to ${upstream(view, image) ?? ''}`;
  return [
    ...action(
      image === undefined ? [] : [image],
      'refactor.rewrite',
      () => `Point ${name}`,
      () => (image === undefined ? [] : reverse([image])),
    ),
    ...action(
      back(own),
      'refactor.rewrite',
      count => `Point ${count} of ${component?.title ?? ''} to where they come from`,
      () => reverse(own),
    ),
    ...action(
      back(written),
      'refactor.rewrite',
      count => `Point ${count} of this file to where they come from`,
      () => reverse(written),
    ),
  ];
}

/** The upstream of a mirrored image; those of the release are known and decide first. */
function upstream(view: StackView, { canonical, state }: ImageEntry): string | undefined {
  if (view.policy === undefined || canonical === undefined || state !== 'private') return undefined;
  return upstreamOf(view.policy, canonical, knownRepositories(view));
}

function knownRepositories({ catalog }: StackView): readonly string[] {
  return catalog.catalog.images.flatMap(({ path, form }) => {
    const value = catalog.defaultAt(form === 'map' ? `${path}.repository` : path);
    const texts = Array.isArray(value) ? value : [value];
    return texts.flatMap(text => (typeof text === 'string' && text !== '' ? [text.replace(/:[^/:]*$/, '')] : []));
  });
}

function reverseOne(view: StackView, entry: ImageEntry): Change | undefined {
  const source = upstream(view, entry);
  const value = repositoryValue(entry);
  if (source === undefined || value === undefined) return undefined;
  return rewriteWritten(value.winner, withRepository(entry, source));
}

function pins(
  view: StackView,
  layer: Layer,
  component: Component | undefined,
  own: readonly ImageEntry[],
): readonly Action[] {
  const unpinned = own.filter(
    ({ form, resolved, templated }) =>
      form === 'map' && !templated && resolved.kind === 'known' && resolved.from === 'rule',
  );
  const pin = (entry: ImageEntry): readonly Change[] => {
    const change = entry.resolved.kind === 'known' ? setTag(view, entry, entry.resolved.tag, layer) : undefined;
    return change === undefined ? [] : [change];
  };
  return action(
    unpinned,
    'refactor.rewrite',
    count => `Pin the tags of ${count} of ${component?.title ?? ''}`,
    () => unpinned.flatMap(pin),
  );
}

function action(
  entries: readonly ImageEntry[],
  kind: Action['kind'],
  title: (count: string) => string,
  changes: () => readonly Change[],
): readonly Action[] {
  if (entries.length === 0) return [];
  return [{ title: title(`${entries.length} ${entries.length === 1 ? 'image' : 'images'}`), kind, changes }];
}
