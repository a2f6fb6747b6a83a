import type { StackView } from '../analysis/stackView.ts';
import type { StackVerification, VerifiedImage } from '../verify/types.ts';
import { planOfStack } from './plan.ts';
import type { MirrorPlan } from './types.ts';

/** What tells whether two plans ask for the same images. */
export function planKey({ copies }: Pick<MirrorPlan, 'copies'>): string {
  return JSON.stringify(copies.map(({ source, target }) => [source, target]).sort());
}

/** What registries were seen to have, as long as the plan is the one that they were asked about. */
export function verificationOf(view: StackView): StackVerification | undefined {
  const { verified } = view;
  // Without an answer of registries nobody needs the plan, which takes its time.
  if (verified === undefined) return undefined;
  return verified.planKey === view.memo(keyOfStack) ? verified : undefined;
}

/** By what Pods pull. */
export function verifiedImage(view: StackView, pulled: string): VerifiedImage | undefined {
  return verificationOf(view)?.images.get(pulled);
}

function keyOfStack(view: StackView): string {
  return planKey(planOfStack(view));
}
