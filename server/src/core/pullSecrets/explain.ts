import { isUnset, printAsGo } from '../go/print.ts';
import type { StackView } from '../analysis/stackView.ts';
import { typeOf } from '../catalog/catalogIndex.ts';
import type { Value } from '../yaml/value.ts';
import { blockValue, pullSecretsBlock, pullSecretsPath, sayItem, type PullSecretsBlock } from './block.ts';
import {
  isKyvernoEnabled,
  kyvernoNamespace,
  kyvernoPath,
  podNamespaces,
  type PodNamespace,
} from './namespaces.ts';
import { toBool } from '../go/toBool.ts';
import { matchesWildcard } from '../secrets/wildcard.ts';

/**
 * Why a namespace gets the secrets or not: a pattern of `excludeNamespaces` matches it, it is Kyverno's
 * `own`, Kyverno's own configuration has it `ignored`, or there is no policy (`off`).
 */
export type ReachKind = 'receives' | 'excluded' | 'own' | 'ignored' | 'off';

export interface NamespaceReach extends PodNamespace {
  readonly receives: boolean;
  readonly verdict: ReachKind;
  /** The pattern that excludes it, or the reason in words; `undefined` when it receives. */
  readonly by: string | undefined;
}

/** A Secret that is copied into every receiving namespace as `cloned--image-pull-secret-<index>`. */
export interface Clone {
  readonly index: number;
  /** `undefined`: the entry names none, which Kyverno refuses. */
  readonly existingSecret: string | undefined;
  readonly existingSecretNamespace: string;
}

/** What the policy does with the effective values of a stack. */
export interface PullSecretsExplanation {
  readonly release: string;
  readonly rendered: boolean;
  /** Why it is not rendered; `undefined` when it is. */
  readonly reason: string | undefined;
  /** deployKF or Helm stops with an error. */
  readonly fails: boolean;
  /**
   * Why the cluster refuses what is rendered, so that there is no policy either: Kyverno wants a name to clone (validateClone
   * of 1.10), and the ClusterPolicy's schema texts to exclude. `undefined`: it does not, or nothing is rendered.
   */
  readonly refused: string | undefined;
  /** The exclude list as rendered: Kyverno's namespace is its last one, unless it was in the list; empty without a policy. */
  readonly excluded: readonly string[];
  readonly namespaces: readonly NamespaceReach[];
  /** Empty when nothing is rendered. */
  readonly clones: readonly Clone[];
  /**
   * A part of the block is filled in by another tool: the rest is what deployKF would do with the text as it
   * is.
   */
  readonly templated: boolean;
}

/**
 * Reads the template of the release: `ClusterPolicy-image-pull-secrets.yaml` of the kyverno manifests renders nothing
 * unless `enabled` and `registryCredentials` are set (line 1), excludes `uniq(excludeNamespaces + own namespace)` (line 2)
 * and makes one clone for each credential (line 19).
 */
export function explainPullSecrets(view: StackView): PullSecretsExplanation {
  return view.memo(explain);
}

function explain(view: StackView): PullSecretsExplanation {
  const block = pullSecretsBlock(view);
  const obstacle = obstacleOf(view, block);
  const own = kyvernoNamespace(view);
  const ignored = view.catalog.catalog.pullSecrets.ignoredNamespaces;
  const excluded = obstacle === undefined ? excludeList(block, own) : [];
  return {
    release: view.catalog.release,
    rendered: obstacle === undefined,
    reason: obstacle?.reason,
    fails: obstacle?.fails ?? false,
    refused: obstacle === undefined ? refusalOf(block) : undefined,
    excluded,
    namespaces: podNamespaces(view).map(namespace => ({
      ...namespace,
      ...reachOf(namespace.name, { own, excluded, ignored, reason: obstacle?.reason }),
    })),
    clones: obstacle === undefined ? clonesOf(block) : [],
    templated: block.templated,
  };
}

interface NotRendered {
  readonly reason: string;
  readonly fails: boolean;
}

function obstacleOf(view: StackView, block: PullSecretsBlock): NotRendered | undefined {
  if (!view.catalog.catalog.pullSecretPolicy) {
    return off(noPolicyIn(view));
  }
  if (!isKyvernoEnabled(view)) {
    const enabled = view.effective.value(`${kyvernoPath}.enabled`) ?? null;
    return off(`"${kyvernoPath}.enabled" is ${show(enabled)}, so Kyverno and its policies are not generated`);
  }
  return brokenSection(view) ?? switchedOff(view) ?? wrongList(view) ?? wrongEntry(block);
}

function brokenSection(view: StackView): NotRendered | undefined {
  const steps = pullSecretsPath.split('.');
  for (let depth = 1; depth <= steps.length; depth++) {
    const value = view.effective.at(steps.slice(0, depth));
    if (value?.winner.node.kind === 'map') continue;
    const shown = show(view.effective.value(steps.slice(0, depth)) ?? null);
    return fails(
      `"${steps.slice(0, depth).join('.')}" must be a map, not ${shown}: deployKF stops with an error`,
    );
  }
  return undefined;
}

function switchedOff(view: StackView): NotRendered | undefined {
  const enabled = blockValue(view, 'enabled');
  if (!toBool(enabled)) {
    if (view.isUncertain(`${pullSecretsPath}.enabled`))
      return off(`"enabled" is ${show(enabled)} by default, unless a layer that is missing here sets it`);
    const note = enabled === false ? '' : ', which counts as false';
    return off(`"enabled" is ${show(enabled)}${note}`);
  }
  if (!isUnset(blockValue(view, 'registryCredentials'))) return undefined;
  return off('"registryCredentials" is empty, so nothing is rendered');
}

function wrongList(view: StackView): NotRendered | undefined {
  for (const key of ['excludeNamespaces', 'registryCredentials']) {
    const value = blockValue(view, key);
    if (!Array.isArray(value))
      return fails(`"${key}" must be a list, not ${show(value)}: Helm stops with an error`);
  }
  return undefined;
}

function wrongEntry({ entries }: PullSecretsBlock): NotRendered | undefined {
  const wrong = entries.find(entry => entry.effective.winner.node.kind !== 'map');
  if (wrong === undefined) return undefined;
  return fails(
    `${sayItem('registryCredentials', wrong)} must be a map, not ${show(wrong.value)}: Helm stops with an error`,
  );
}

function refusalOf({ patterns, credentials }: PullSecretsBlock): string | undefined {
  const pattern = patterns.find(({ value }) => typeof value !== 'string');
  if (pattern !== undefined)
    return `${sayItem('excludeNamespaces', pattern)} must be a string, not ${show(pattern.value)}`;
  const entry = credentials.find(({ secretName }) => secretName === undefined);
  if (entry === undefined) return undefined;
  return `${sayItem('registryCredentials', entry)} does not name a Secret`;
}

function off(reason: string): NotRendered {
  return { reason, fails: false };
}

function fails(reason: string): NotRendered {
  return { reason, fails: true };
}

/** A value in words: `null`, `the text "argocd"`, `the number 2`. */
export function show(value: Value): string {
  if (typeof value === 'string') return `the string ${JSON.stringify(value)}`;
  if (typeof value === 'number') return `the number ${printAsGo(value)}`;
  if (value === null || typeof value === 'boolean') return String(value);
  return `a ${typeOf(value)}`;
}

function excludeList({ patterns }: PullSecretsBlock, own: string): readonly string[] {
  return [
    ...new Set([...patterns.map(({ value }) => (typeof value === 'string' ? value : printAsGo(value))), own]),
  ];
}

function clonesOf({ credentials }: PullSecretsBlock): readonly Clone[] {
  return credentials.map(({ index, secretName, secretNamespace }) => ({
    index,
    existingSecret: secretName,
    existingSecretNamespace: secretNamespace,
  }));
}

interface Circumstances {
  readonly own: string;
  readonly excluded: readonly string[];
  /** What Kyverno passes over. */
  readonly ignored: readonly string[];
  /** Why there is no policy; `undefined` when there is one. */
  readonly reason: string | undefined;
}

/** Says that the release has no policy, and which one brought it. */
export function noPolicyIn({ catalog }: StackView): string {
  const { since } = catalog.catalog.pullSecrets;
  return `deployKF ${catalog.release} has no pull-secret policy, it was added in ${since}`;
}

function reachOf(
  name: string,
  { own, excluded, ignored, reason }: Circumstances,
): Pick<NamespaceReach, 'receives' | 'verdict' | 'by'> {
  if (reason !== undefined) return { receives: false, verdict: 'off', by: reason };
  if (name === own)
    return { receives: false, verdict: 'own', by: "Kyverno's own namespace, always excluded" };
  const pattern = excluded.find(candidate => matchesWildcard(candidate, name));
  if (pattern !== undefined) return { receives: false, verdict: 'excluded', by: pattern };
  if (ignored.includes(name)) return { receives: false, verdict: 'ignored', by: 'ignored by Kyverno itself' };
  return { receives: true, verdict: 'receives', by: undefined };
}
