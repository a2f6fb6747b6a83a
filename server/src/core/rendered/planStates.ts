import type { PlanState } from './compare.ts';

/** How images of manifests stand to a plan, in words, what is to be looked at first. */
export const planStates: readonly { readonly state: PlanState; readonly title: string }[] = [
  { state: 'missing', title: 'Not in the plan' },
  { state: 'other-tag', title: 'Another tag is in the plan' },
  { state: 'public', title: 'Pulled from a public registry' },
  { state: 'same', title: 'In the plan' },
];
