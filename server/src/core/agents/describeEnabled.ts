import type { StackView } from '../analysis/stackView.ts';
import type { Component } from '../catalog/types.ts';
import { sayPlace } from '../report/sayPlace.ts';
import type { PathOf } from '../report/types.ts';
import { isTemplated } from '../stack/templated.ts';

/** Whether a component is deployed and who says so, or why that is not known. */
export function describeEnabled(view: StackView, component: Component, pathOf: PathOf): string {
  const { enabledPath } = component;
  const value = view.effective.at(enabledPath);
  if (value === undefined) return 'always enabled';
  const place = sayPlace(value.winner, pathOf);
  if (isTemplated(value)) return `not known to be enabled: another tool fills in ${enabledPath}, ${place}`;
  if (view.isUncertain(enabledPath))
    return `not known to be enabled: a layer that is missing here may set ${enabledPath}`;
  return `${view.isEnabled(component) ? 'enabled' : 'not enabled'} by ${enabledPath}, ${place}`;
}
