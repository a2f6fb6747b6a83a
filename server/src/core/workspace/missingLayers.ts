import { missingNames } from '../stack/missingLayer.ts';
import type { StackPlan } from '../stack/plan.ts';
import { planLayers } from './planLayers.ts';
import type { Snapshot } from './snapshot.ts';

/** The layers of a stack that are not to be had, as people write them: what they set is not known. */
export function missingLayers({ state }: Snapshot, plan: StackPlan): readonly string[] {
  return missingNames(planLayers(state, plan));
}
