import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { splitRepository } from '../policy/target.ts';
import { pullSecretsBlock } from '../pullSecrets/block.ts';
import { explainPullSecrets } from '../pullSecrets/explain.ts';
import { isPrivateRepository } from '../pullSecrets/privateImages.ts';
import { handedSecrets, imageReach } from '../pullSecrets/reach.ts';
import { secretsFor } from '../pullSecrets/sources.ts';
import { sayList } from '../text/list.ts';

/** Whether the Pods of a namespace get a Secret to pull an image with. */
export interface PodSecret {
  readonly namespace: string;
  /** `open`: there are Secrets, and it is not known what is in them. `unknown`: the stack does not have the namespace. */
  readonly state: 'covered' | 'open' | 'uncovered' | 'unknown';
  /** The Secrets, as they are named where the policy clones them from, or as valuesOverrides pass them to the chart. */
  readonly secrets: readonly string[];
  /** Why it is not covered, or not known to be; empty where it is. */
  readonly reason: string;
}

/** Where a Pod is, and what it pulls; `entry`: its image value, where there is one. */
export interface Pull {
  readonly repository: string;
  readonly namespace: string | undefined;
  readonly entry: ImageEntry | undefined;
}

const openRegistries = 'it is not known for which registries';

/** `undefined`: the image is public, the namespace is not known, or another tool fills in the policy. */
export function podSecret(view: StackView, { repository, namespace, entry }: Pull): PodSecret | undefined {
  const block = pullSecretsBlock(view);
  if (namespace === undefined || block.templated || !isPrivateRepository(view, repository)) return undefined;
  const answer = (state: PodSecret['state'], reason: string, secrets: readonly string[] = []): PodSecret => ({
    namespace,
    state,
    secrets,
    reason,
  });
  const image = entry && imageReach(view).find(reach => reach.entry === entry);
  if (image?.supplied === 'unknown')
    return answer('open', 'a template fills in valuesOverrides, which may pass a Secret to its chart');
  if (image?.supplied === 'broken')
    return answer('open', 'valuesOverrides are neither a map nor a text with one: generation fails');
  if (image?.supplied === 'yes') {
    const handed = [...new Set(handedSecrets(view, image.entry).map(({ name }) => name))];
    if (handed.length === 0) return answer('open', 'valuesOverrides switch them off');
    return answer('open', openRegistries, handed);
  }
  const { namespaces, reason, refused } = explainPullSecrets(view);
  const obstacle = reason ?? refused;
  if (obstacle !== undefined) return answer('uncovered', `there is no pull-secret policy: ${obstacle}`);
  const reach = namespaces.find(({ name }) => name === namespace);
  if (reach === undefined) return answer('unknown', 'the stack does not have this namespace');
  if (reach.verdict === 'excluded')
    return answer('uncovered', `it is excluded from the policy by "${reach.by ?? ''}"`);
  if (!reach.receives) return answer('uncovered', reach.by ?? '');
  if (image?.pulls.some(pull => pull.namespace === namespace && pull.verdict === 'early') === true)
    return answer('uncovered', 'its Pods start before the policy');
  const { known, open } = secretsFor(view, block.credentials, repository);
  if (known.length > 0) return answer('covered', '', known);
  if (open.length > 0) return answer('open', openRegistries, open);
  const { registry } = splitRepository(repository);
  return answer('uncovered', `no Secret of the policy has credentials for ${registry}`);
}

/**
 * The same for all Pods of an image: one answer for the namespaces that have the same, whose names are listed in it.
 * Empty: the image is public, or it is not known where its Pods are.
 */
export function podSecrets(view: StackView, entry: ImageEntry | undefined): readonly PodSecret[] {
  const repository = entry?.canonical;
  const pulls = imageReach(view).find(reach => reach.entry === entry)?.pulls ?? [];
  if (repository === undefined) return [];
  const answers = pulls.flatMap(({ namespace }) => podSecret(view, { repository, namespace, entry }) ?? []);
  const groups = new Map<string, readonly PodSecret[]>();
  for (const answer of answers) {
    const { state, secrets, reason } = answer;
    const key = [state, reason, ...secrets].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    return first ? [{ ...first, namespace: sayList(group.map(({ namespace }) => namespace)) }] : [];
  });
}
