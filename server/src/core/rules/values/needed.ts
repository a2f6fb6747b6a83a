import { isNeeded, type Truth } from '../../analysis/templates.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { CatalogImage, TemplateForm } from '../../catalog/types.ts';
import type { Severity } from '../../findings/finding.ts';

/** How bad it is that a value is not of a form: the end of a message, and the severity. */
export interface Effect {
  readonly severity: Severity;
  readonly text: string;
}

/** What comes of a value at a path that is not of the form that templates need. */
export function effectOf(view: StackView, path: string, form: TemplateForm): Effect {
  // Without facts of its templates, the defaults of a generator are the best guess.
  const isRead = view.catalog.catalog.templates !== undefined || form !== 'map';
  const truth = isRead ? isNeeded(view, path, form) : true;
  if (truth === false) return { severity: 'warning', text: '' };
  return failure(view, path, truth);
}

/** That generation fails, or would where another file switches the component of a path on, which is off as far as is known. */
export function failure(view: StackView, path: string, truth: Truth): Effect {
  const component = view.catalog.componentOf(path);
  if (truth !== undefined || component === undefined || view.isEnabled(component))
    return { severity: 'error', text: ': generation fails' };
  return { severity: 'warning', text: `: generation fails where ${component.title} is on` };
}

/** What comes of an image in a wrong form: nothing where its component is off. */
export function effectOnImage(view: StackView, image: CatalogImage, text: string): Effect {
  if (!isRead(view, image)) return { severity: 'warning', text: '' };
  return { severity: 'error', text: `: ${text}` };
}

/** What comes of anything but a map where images are that a program reads as YAML; `undefined`: no such images, or nothing reads them. */
export function effectOnReader(view: StackView, path: string): Effect | undefined {
  const image = view.catalog.catalog.images.find(
    ({ reader, path: below }) => reader !== undefined && below.startsWith(`${path}.`),
  );
  if (image?.reader === undefined || !isRead(view, image)) return undefined;
  if (isNeeded(view, path, 'map') !== false) return undefined;
  return { severity: 'error', text: `: ${image.reader} offers none of its images` };
}

/** Whether the component of an image is on. */
export function isRead(view: StackView, { component }: CatalogImage): boolean {
  const known = view.catalog.componentAt(component);
  return known === undefined || view.isEnabled(known);
}
