import type { StackView } from '../analysis/stackView.ts';
import type { ReportLocation } from '../findings/location.ts';
import type { Location } from '../stack/valuesFile.ts';

/** The place in the real file, which may hold the values in a string; `undefined`: it is not a layer of the stack. */
export function locationIn(view: StackView, { uri, span }: ReportLocation): Location | undefined {
  return view.stack.layers.find(({ file }) => file?.uri === uri)?.file?.locate(span);
}
