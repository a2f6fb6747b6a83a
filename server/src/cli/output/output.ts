import type { TextStyle } from '../../core/report/style.ts';
import { styleOf, type Io, type Output } from '../io/io.ts';
import type { ColorOption } from '../arguments/options.ts';

/** How text goes to an output, by `--color` and the environment. */
export function chosenStyle(
  io: Io,
  { color }: Pick<ColorOption, 'color'>,
  output: Output = io.stdout,
): TextStyle {
  return styleOf(output, color ?? 'auto', io.env);
}
