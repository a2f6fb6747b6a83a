import type { ImageEntry } from '../analysis/images.ts';
import { saidState } from '../analysis/imageState.ts';
import type { StackView } from '../analysis/stackView.ts';

/** How an image stands to the registry policy, and why where that is not plain. */
export function stateText(view: StackView, entry: ImageEntry): string {
  const { state, rewrite, isRepositoryTemplated } = entry;
  if (saidState(view, entry) === 'unknown')
    return isRepositoryTemplated ? 'unknown' : 'not known, since there is no registry policy';
  if (state === 'accepted' && rewrite?.kind === 'accepted')
    return `accepted as public by the rule for "${rewrite.rule.source}"`;
  if (rewrite?.kind === 'invalid') return `public; the policy cannot map it: ${rewrite.problem}`;
  if (rewrite?.kind === 'unmapped') return 'public, no rule maps it';
  return state;
}
