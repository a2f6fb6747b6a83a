import type { TextStyle } from '../../core/report/style.ts';
import { styleOf, type ColorChoice, type Io, type Output } from '../io/io.ts';
import type { Arguments } from '../arguments/parseArguments.ts';

/** How text goes to an output, by `--color` and the environment. */
export function chosenStyle(io: Io, { values }: Arguments, output: Output = io.stdout): TextStyle {
  return styleOf(output, colorChoice(values.get('color')), io.env);
}

function colorChoice(text: string | undefined): ColorChoice {
  return text === 'always' || text === 'never' ? text : 'auto';
}

export function isJson({ values }: Arguments): boolean {
  return values.get('format') === 'json';
}
