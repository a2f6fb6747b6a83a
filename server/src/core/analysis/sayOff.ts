import type { Component } from '../catalog/types.ts';
import type { StackView } from './stackView.ts';

/** That a component is not deployed, as far as the layers that are here tell; `undefined`: it is. */
export function sayOff(view: StackView, component: Component): string | undefined {
  if (view.isEnabled(component)) return undefined;
  return view.isUncertain(component.enabledPath) ? 'not known to be deployed' : 'not deployed';
}
