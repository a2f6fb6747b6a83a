import type { ImageEntry } from './images.ts';
import type { StackView } from './stackView.ts';

/** Whether a layer that is missing may set another repository of an image. */
export function isUncertainRepository(view: StackView, { form, path, keys, value }: ImageEntry): boolean {
  if (view.stack.missing === undefined) return false;
  if (form !== 'map') return view.isUncertainValue(value);
  const said = [keys.repository, keys.registry].filter(each => each !== undefined);
  if (said.length === 0) return view.isUncertain(`${path}.repository`);
  return said.some(each => view.isUncertainValue(each));
}

/** Whether one may set another image, or another tag of it. */
export function isUncertainImage(view: StackView, entry: ImageEntry): boolean {
  if (view.stack.missing === undefined) return false;
  if (isUncertainRepository(view, entry)) return true;
  const { form, path, keys, resolved } = entry;
  if (form !== 'map') return false;
  const isOpenTag =
    keys.tag === undefined ? view.isUncertain(`${path}.tag`) : view.isUncertainValue(keys.tag);
  return isOpenTag || resolved.parts.some(part => view.isUncertain(part.path));
}

/** Whether one may switch a component on or off, or set one of its images. */
export function isUncertainComponent(view: StackView, component: ImageEntry['component']): boolean {
  if (view.stack.missing === undefined) return false;
  if (view.isUncertain(component.enabledPath)) return true;
  return view.imagesOf(component).some(entry => isUncertainImage(view, entry));
}
