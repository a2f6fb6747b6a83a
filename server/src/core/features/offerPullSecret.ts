import type { StackView } from '../analysis/stackView.ts';
import { interactiveCommand } from '../pullSecrets/create/kubectlCommand.ts';
import {
  pullSecretProblems,
  suggestedSecret,
  tidySecret,
  type PullSecret,
  type PullSecretProblems,
} from '../pullSecrets/create/suggest.ts';
import { placeholderManifest } from '../pullSecrets/create/manifest.ts';

/** A Secret that could be made, and how. */
export interface PullSecretOffer extends PullSecret {
  readonly problems: PullSecretProblems;
  /** `undefined` while there are problems. None of the texts holds a password. */
  readonly texts?: { readonly command: string; readonly manifest: string };
}

/** The Secret with the parts that are given; the others are suggested from the stacks. */
export function offerPullSecret(views: readonly StackView[], given: Partial<PullSecret>): PullSecretOffer {
  const suggested = suggestedSecret(views);
  const secret = {
    name: given.name ?? suggested.name,
    namespace: given.namespace ?? suggested.namespace,
    registries: given.registries ?? suggested.registries,
  };
  const problems = pullSecretProblems(secret);
  if (Object.keys(problems).length > 0) return { ...secret, problems };
  const tidy = tidySecret(secret);
  return {
    ...tidy,
    problems,
    texts: { command: interactiveCommand(tidy), manifest: placeholderManifest(tidy) },
  };
}
