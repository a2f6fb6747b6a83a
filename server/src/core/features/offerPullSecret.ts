import type { StackView } from '../analysis/stackView.ts';
import { createScript } from '../pullSecrets/create/script.ts';
import {
  pullSecretProblems,
  suggestedSecret,
  tidySecret,
  type PullSecret,
  type PullSecretProblems,
} from '../pullSecrets/create/suggest.ts';
import { manifestsIn, placeholderManifest } from '../pullSecrets/create/manifest.ts';

/** A Secret that could be made, and how. */
export interface PullSecretOffer extends PullSecret {
  readonly problems: PullSecretProblems;
  /** `undefined` while there are problems. None of the texts holds a password. */
  readonly texts?: { readonly script: string; readonly manifest: string };
}

export interface WantedSecret extends Partial<PullSecret> {
  /** Where it is made besides. */
  readonly others?: readonly string[];
}

/** The Secret with the parts that are given; the others are suggested from the stacks. */
export function offerPullSecret(
  views: readonly StackView[],
  { others = [], ...given }: WantedSecret,
): PullSecretOffer {
  const suggested = suggestedSecret(views);
  const secret = {
    name: given.name ?? suggested.name,
    namespace: given.namespace ?? suggested.namespace,
    registries: given.registries ?? suggested.registries,
  };
  const namespaces = [...new Set([secret.namespace, ...others])];
  const problems = namespaces.reduce(
    (found, namespace) => ({ ...pullSecretProblems({ ...secret, namespace }), ...found }),
    pullSecretProblems(secret),
  );
  if (Object.keys(problems).length > 0) return { ...secret, problems };
  const tidy = tidySecret(secret);
  return {
    ...tidy,
    problems,
    texts: {
      script: createScript(tidy, namespaces),
      manifest: manifestsIn(namespaces, namespace => placeholderManifest({ ...tidy, namespace })),
    },
  };
}
