import type { ImageEntry } from '../analysis/images.ts';

/** How an image stands to the registry policy, and why where that is not plain. */
export function stateText({ state, rewrite, isRepositoryTemplated }: ImageEntry): string {
  if (isRepositoryTemplated) return 'unknown';
  if (state === 'accepted' && rewrite?.kind === 'accepted')
    return `accepted as public by the rule for "${rewrite.rule.source}"`;
  if (rewrite?.kind === 'invalid') return `public; the policy cannot map it: ${rewrite.problem}`;
  if (rewrite?.kind === 'unmapped') return 'public, no rule maps it';
  return state;
}
