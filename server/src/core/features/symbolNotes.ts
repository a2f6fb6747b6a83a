import { pulledReference, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainComponent } from '../analysis/uncertainImages.ts';
import type { Component } from '../catalog/types.ts';

/** What a stack makes of the value at a path. */
export interface SymbolNote {
  /** `undefined`: the value is what it is written as. */
  readonly kind?: 'component' | 'image';
  readonly detail: string;
  /** It is about a value that leaves something open, and not about another that a stronger layer takes away. */
  readonly onlyOfNull?: true;
}

/** By value path. */
export type SymbolNotes = ReadonlyMap<string, SymbolNote>;

/** The state of each component, each image as it is pulled, and the tags that are put in where none is set. */
export function symbolNotes(view: StackView): SymbolNotes {
  const notes = new Map<string, SymbolNote>();
  for (const component of view.catalog.catalog.components)
    notes.set(component.path, { kind: 'component', detail: componentDetail(view, component) });
  for (const entry of view.images) {
    if (notes.has(entry.path)) continue;
    notes.set(entry.path, { kind: 'image', detail: pulledReference(entry) ?? '' });
    const { form, resolved } = entry;
    if (form === 'map' && resolved.kind === 'known' && resolved.from === 'rule')
      notes.set(`${entry.path}.tag`, { detail: resolved.tag, onlyOfNull: true });
  }
  return notes;
}

function componentDetail(view: StackView, component: Component): string {
  const isOpenSwitch = view.isUncertain(component.enabledPath);
  if (!view.isEnabled(component)) return isOpenSwitch ? 'not known to be enabled' : 'disabled';
  const counted = countText(view, component);
  if (counted === '' || !isUncertainComponent(view, component)) return counted;
  return `${counted} as far as is known`;
}

function countText(view: StackView, component: Component): string {
  const images = view.imagesOf(component);
  if (images.length === 0) return '';
  const count = (state: ImageEntry['state']): number => images.filter(image => image.state === state).length;
  if (view.policy === undefined) return images.length === 1 ? '1 image' : `${images.length} images`;
  if (count('public') > 0) return `${count('public')} of ${images.length} public`;
  return count('private') === images.length
    ? `${images.length} private`
    : `${count('private')} of ${images.length} private`;
}
