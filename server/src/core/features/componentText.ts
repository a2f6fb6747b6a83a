import { sayOff } from '../analysis/sayOff.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainComponent } from '../analysis/uncertainImages.ts';
import type { Component } from '../catalog/types.ts';
import { count } from '../report/style.ts';
import { printPath, type Path } from '../yaml/nodes.ts';
import { hiddenLine } from './hiddenHover.ts';
import { lines, mark, plain, type Markdown } from './markdown.ts';
import { missingLine } from './missingLine.ts';
import { releaseText } from './releaseText.ts';

/** What a component is in a stack: whether it is deployed, and its images. */
export function componentText(view: StackView, component: Component): Markdown {
  const own = view.imagesOf(component);
  const title = mark`**${plain(component.title)}** · ${releaseText(view.stack)}`;
  const off = sayOff(view, component);
  const said = [mark`${title}${off !== undefined && mark` · ${plain(off)}`}`];
  const hidden = hiddenLine(view, component);
  if (own.length === 0) return lines([...said, mark`No images of its own`, hidden]);
  const privateOnes = own.filter(entry => entry.state === 'private').length;
  const retired = own.filter(entry => entry.retired !== undefined).length;
  said.push(mark`${own.length} images${view.policy && mark`, ${privateOnes} of them private`}`);
  if (retired > 0)
    said.push(
      mark`⚠ ${retired} of them ${plain(retired === 1 ? 'is' : 'are')} no longer available where they are pulled from`,
    );
  const missing = isUncertainComponent(view, component) ? missingLine(view) : undefined;
  return lines([...said, missing, hidden]);
}

/** A component in a line, as far as the release alone tells. */
export function componentLine({ catalog: { catalog } }: StackView, component: Component): Markdown {
  const isOwn = (image: { readonly component: string }): boolean => image.component === component.path;
  const images = plain(count(catalog.images.filter(isOwn).length, 'image'));
  const hidden = catalog.hiddenImages.filter(image => isOwn(image) && image.deployed === 'runtime').length;
  const others = hidden > 0 && mark`, and ${hidden} that no value can change`;
  return mark`${plain(component.title)}: ${images}${others}`;
}

/** What the switch of a component turns on or off; `undefined` for other values. */
export function switchText(view: StackView, path: Path): Markdown | undefined {
  const printed = printPath(path);
  const component = view.catalog.catalog.components.find(({ enabledPath }) => enabledPath === printed);
  if (component === undefined) return undefined;
  const required = component.required && mark`; generation fails without it`;
  return mark`Deploys ${componentLine(view, component)}${required}`;
}
