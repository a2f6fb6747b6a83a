import { hiddenImages, hiddenRewrite } from '../analysis/hiddenImages.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Component, HiddenImage } from '../catalog/types.ts';
import { code, joined, lines, mark, plain, type Markdown } from './markdown.ts';
import { releaseText } from './releaseText.ts';

/** More names than this make a hover hard to read. */
const mostNames = 6;

/** The images of a component that no value can change, by name. `undefined`: it has none. */
export function hiddenLine(view: StackView, component: Component): Markdown | undefined {
  const all = view.catalog.catalog.hiddenImages.filter(hidden => hidden.component === component.path);
  if (all.length === 0) return undefined;
  const running = hiddenImages(view, component);
  const title = plain(component.title);
  const who = all.every(({ changedBy }) => changedBy !== undefined)
    ? mark`Only ${code('valuesOverrides')}`
    : mark`No value`;
  if (running.length === 0)
    return mark`${who} can change what ${title} pulls for examples or features that are off: ${names(all)}`;
  const rare = all.length - running.length;
  const others = rare > 0 && mark`; ${rare} more for examples or features that are off`;
  return mark`No value can change what ${title} also pulls: ${names(running)}${others}`;
}

/** What a hover says about one image that no value can change. */
export function hiddenImageHover(view: StackView, component: Component, image: HiddenImage): Markdown {
  const { reference, where, changedBy, choices = [] } = image;
  const rewrite = hiddenRewrite(view, image);
  const who =
    changedBy === undefined ? mark`No value can change it` : mark`Only ${code(changedBy)} can change it`;
  const target =
    rewrite?.kind === 'rewritten' && mark`; by the registry policy it becomes ${code(rewrite.repository)}`;
  return lines([
    mark`**${plain(component.title)}** · ${releaseText(view.stack)}`,
    code(reference),
    plain(where),
    mark`${who}${target}`,
    choices.length > 0 ? mark`Users may choose other tags: ${joined(choices.map(code), ', ')}` : undefined,
  ]);
}

function names(images: readonly HiddenImage[]): Markdown {
  const shown = images.slice(0, mostNames).map(({ reference }) => code(reference));
  const more = images.length - shown.length;
  if (more > 0) shown.push(mark`${more} more`);
  const last = shown.pop() ?? mark``;
  return shown.length === 0 ? last : mark`${joined(shown, ', ')} and ${last}`;
}
