import type { StackView } from '../analysis/stackView.ts';
import { missingNames } from '../stack/missingLayer.ts';
import { shortened } from '../text/shorten.ts';
import { code, joined, mark, type Markdown } from './markdown.ts';

/** More names than this make a hover hard to read. */
const mostNames = 3;

/** What a hover says of something that a missing layer may set. */
export function missingLine({ stack }: StackView): Markdown {
  const names = missingNames(stack);
  if (names.length === 0) return mark`A layer that is missing here may set another`;
  const shown = names.slice(0, mostNames).map(name => code(shortened(name, 80)));
  if (names.length > mostNames) shown.push(mark`${names.length - mostNames} more`);
  if (names.length === 1)
    return mark`As far as is known: the layer ${shown[0]} is missing here and may set another`;
  return mark`As far as is known: the layers ${joined(shown, ', ')} are missing here and may set another`;
}
