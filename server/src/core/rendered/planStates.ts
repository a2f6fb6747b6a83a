import type { PlanState } from './compare.ts';

/** How images of manifests stand to a plan, in words, what is to be looked at first. */
export const planStates: readonly { readonly state: PlanState; readonly title: string }[] = [
  { state: 'missing', title: 'Not in the plan' },
  { state: 'unknown', title: 'Not a reference, or not filled in yet' },
  { state: 'other-digest', title: 'Running with another digest than mirror.lock has' },
  { state: 'other-tag', title: 'In the plan with another tag or digest' },
  { state: 'public', title: 'Pulled from a public registry' },
  { state: 'same', title: 'In the plan' },
];
