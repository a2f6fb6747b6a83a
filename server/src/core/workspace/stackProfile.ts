import { isTrue } from '../go/truth.ts';
import type { StackView } from '../analysis/stackView.ts';

/** What the file of a stack of its own sets, by components. */
export interface StackProfile {
  /** The components that it switches on itself. */
  readonly enabled: ReadonlySet<string>;
  /** Those that it sets values of, that are off by default, and whose switch it says nothing about. */
  readonly idle: ReadonlySet<string>;
  /** The paths of all values that it sets. */
  readonly values: ReadonlySet<string>;
}

/** To be asked as a memo of the view. */
export function stackProfile(view: StackView): StackProfile {
  const values = new Set<string>();
  for (const { pair, printed } of view.written) if (pair.value.kind !== 'map') values.add(printed);
  const enabled = new Set<string>();
  const idle = new Set<string>();
  for (const component of view.catalog.catalog.components) {
    const { path, enabledPath } = component;
    const own = view.effective.at(enabledPath);
    const isOwn = own?.winner.layer.file !== undefined;
    if (isOwn && isTrue(view.effective.value(enabledPath) ?? null)) enabled.add(path);
    if (isOwn || view.isEnabled(component)) continue;
    if ([...values].some(value => value.startsWith(`${path}.`))) idle.add(path);
  }
  return { enabled, idle, values };
}
