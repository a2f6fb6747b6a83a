import type { StackView } from '../analysis/stackView.ts';
import { count } from '../report/style.ts';
import { chartSnippet } from '../rules/pullSecrets/chartSnippet.ts';
import { pullSecretGaps, type PullSecretGap } from '../rules/pullSecrets/pullSecretGaps.ts';

/** A namespace that needs a Secret of its own. */
export interface OwnSecretNamespace {
  readonly name: string;
  readonly reason: string;
}

/** The namespaces whose charts take a Secret that the policy does not bring in time, or at all. */
export function ownSecretNamespaces(view: StackView): readonly OwnSecretNamespace[] {
  const gaps = pullSecretGaps(view);
  const names = chartSnippet(view)?.namespaces ?? [];
  return names.map(name => ({
    name,
    reason: reasonOf(gaps.filter(({ namespaces }) => namespaces.includes(name))),
  }));
}

function reasonOf(gaps: readonly PullSecretGap[]): string {
  const [first] = gaps;
  if (first === undefined) return 'the chart asks for the Secret there, too';
  const images = gaps.reduce((sum, gap) => sum + gap.images.length, 0);
  return `${causeOf(first)}: ${count(images, 'image')}`;
}

function causeOf({ verdict, by }: PullSecretGap): string {
  if (verdict === 'early') return 'starts before the policy';
  if (verdict === 'own') return "Kyverno's own namespace, which the policy leaves out";
  if (verdict === 'excluded') return `excluded by "${by}"`;
  return 'the policy does not reach it';
}
