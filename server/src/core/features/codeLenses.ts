import { saidState } from '../analysis/imageState.ts';
import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainComponent } from '../analysis/uncertainImages.ts';
import type { Component } from '../catalog/types.ts';
import { knowsOverrides } from '../findings/location.ts';
import { lacksOverride } from '../rules/image/rewriteChanges.ts';
import { sayMissing } from '../stack/missingLayer.ts';
import { shortened } from '../text/shorten.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { planUri } from '../workspace/virtualUris.ts';
import { findPath } from '../yaml/lookup.ts';
import { parsePath } from '../yaml/nodes.ts';

/** A line that counts the images of a component, or on the first line those of a stack. */
export interface CodeLens {
  /** Of the real file. */
  readonly span: Span;
  readonly id: LensId;
}

export interface LensId {
  readonly stack: string;
  /** Its value path; `undefined`: all of the stack. */
  readonly component?: string;
}

export interface LensText {
  readonly title: string;
  /** What a click does: rewrite the component, choose a registry first, or show a virtual document. `undefined`: nothing. */
  readonly action: 'rewrite' | 'choose' | { readonly document: string } | undefined;
}

/** More stacks than this would push the file out of sight. */
const stackLimit = 3;

/** Where the lenses of a file are, without what they say: that is asked for when they come into sight. */
export function codeLenses(snapshot: Snapshot, uri: string): readonly CodeLens[] {
  const file = snapshot.file(uri);
  if (file === undefined) return [];
  const stacks = snapshot.viewsByChoice(uri).slice(0, stackLimit);
  return [
    ...stacks
      .filter(({ images }) => images.some(({ enabled }) => enabled))
      .map(({ stack }) => ({ span: { start: 0, end: 0 }, id: { stack: stack.id } })),
    ...[file, ...snapshot.hostedIn(uri)].flatMap(text => componentLenses(snapshot, text)),
  ];
}

/** `undefined`: the stack or component is gone. */
export function codeLensText(snapshot: Snapshot, uri: string, id: LensId): LensText | undefined {
  const view = snapshot.viewsByChoice(uri).find(({ stack }) => stack.id === id.stack);
  if (view === undefined) return undefined;
  if (id.component === undefined) return stackText(view);
  const component = view.catalog.componentAt(id.component);
  if (component === undefined || view.imagesOf(component).length === 0) return undefined;
  return componentText(view, component);
}

function componentLenses(snapshot: Snapshot, text: ValuesFile): readonly CodeLens[] {
  const view = snapshot.viewsByChoice(text.uri)[0];
  if (view === undefined) return [];
  const lenses: CodeLens[] = [];
  for (const component of view.catalog.catalog.components) {
    if (view.imagesOf(component).length === 0 || !view.isEnabled(component)) continue;
    const found = findPath(text.root, parsePath(component.path), new Map());
    if (found?.pair === undefined || found.inherited) continue;
    const { span } = found.pair.key;
    const id = { stack: view.stack.id, component: component.path };
    lenses.push({ span: text.host?.embedding.toOuter(span) ?? span, id });
  }
  return lenses;
}

function componentText(view: StackView, component: Component): LensText {
  const images = view.imagesOf(component);
  const known = isUncertainComponent(view, component) ? ' as far as is known' : '';
  const title = `${share(view, images, '')}${known}`;
  if (view.policy === undefined) return { title: `${title} · Rewrite…`, action: 'choose' };
  const canAdd = knowsOverrides(view);
  const canRewrite = images.some(
    entry =>
      entry.rewrite?.kind === 'rewritten' &&
      !entry.isRepositoryTemplated &&
      (canAdd || !lacksOverride(entry)),
  );
  if (!canRewrite) return { title, action: undefined };
  return { title: `${title} · Rewrite`, action: 'rewrite' };
}

function stackText(view: StackView): LensText {
  const { id, name, release } = view.stack;
  const stack = name === '' ? `deployKF ${release}` : `${shortened(name, 60)} (deployKF ${release})`;
  const images = view.images.filter(({ enabled }) => enabled);
  const missing = sayMissing(view.stack);
  const known = missing === undefined ? '' : ` as far as is known, ${missing}`;
  return {
    title: `${stack}: ${share(view, images, ' images')}${known} · Mirror Plan`,
    action: { document: planUri(id, name) },
  };
}

/** `9 of 14 private`, or `14 private`; without a policy, `14 images, 14 public`. */
function share(view: StackView, images: readonly ImageEntry[], noun: '' | ' images'): string {
  const all = images.length;
  const count = (wanted: ImageEntry['state']): number =>
    images.filter(entry => saidState(view, entry) === wanted).length;
  if (view.policy === undefined) return `${all} ${all === 1 ? 'image' : 'images'}, ${count('public')} public`;
  if (count('private') === all) return `${all}${noun} private`;
  return `${count('private')} of ${all}${noun} private`;
}
