import { isExplicitSource, prefixLength } from '../../policy/match.ts';
import { isSharedRegistry } from '../../policy/privacy.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { pullSecretsBlock, type Credential } from '../block.ts';
import { namespaceProblem, secretNameProblem } from '../../secrets/names.ts';
import { argoNamespace } from '../namespaces.ts';
import { imagesToCover, privateImages } from '../privateImages.ts';
import { registryHostProblem, registryOfKey } from '../../secrets/registryHost.ts';

/** A Secret of the type `kubernetes.io/dockerconfigjson`, without what it holds. */
export interface PullSecret {
  readonly name: string;
  readonly namespace: string;
  /** The hosts that it is for, with their ports; Docker Hub is `docker.io`. */
  readonly registries: readonly string[];
}

/** What the Secret is called in deployKF's own examples (default_values.yaml, `registryCredentials`). */
const usualName = 'my-docker-config';

/** What is wrong with a Secret before it is made, a sentence for each part; `undefined`: nothing. */
export interface PullSecretProblems {
  readonly registries?: string;
  readonly name?: string;
  readonly namespace?: string;
}

export function pullSecretProblems({ name, namespace, registries }: PullSecret): PullSecretProblems {
  const registryFlaw =
    registries.length === 0
      ? registryHostProblem('')
      : registries.map(registryHostProblem).find(flaw => flaw !== undefined);
  const nameFlaw = secretNameProblem(name);
  const spaceFlaw = namespaceProblem(namespace);
  return {
    ...(registryFlaw !== undefined && { registries: registryFlaw }),
    ...(nameFlaw !== undefined && { name: `no Secret can be named "${name}": ${nameFlaw}` }),
    ...(spaceFlaw !== undefined && { namespace: `no namespace can be named "${namespace}": ${spaceFlaw}` }),
  };
}

/** The Secret with each registry once, under the one name that it has. */
export function tidySecret({ name, namespace, registries }: PullSecret): PullSecret {
  return { name, namespace, registries: [...new Set(registries.map(registryOfKey))] };
}

/**
 * The Secret that the stacks most likely need: for the registries of their policies and private images, under the name
 * and in the namespace that their values have already. Else in Argo CD's namespace, which is there before Kyverno's.
 */
export function suggestedSecret(views: readonly StackView[]): PullSecret {
  const credential = views.flatMap(view => pullSecretsBlock(view).credentials).find(isLegal);
  const [first] = views;
  return {
    name: credential?.secretName ?? usualName,
    namespace: credential?.secretNamespace ?? (first === undefined ? 'argocd' : argoNamespace(first)),
    registries: [...new Set(views.flatMap(registriesOf))],
  };
}

function isLegal({ secretName, secretNamespace }: Credential): boolean {
  return (
    secretName !== undefined &&
    secretNameProblem(secretName) === undefined &&
    namespaceProblem(secretNamespace) === undefined
  );
}

/** Those that are said to need credentials; where none are, all private ones. */
function registriesOf(view: StackView): readonly string[] {
  const prefixes = view.policy?.credentials;
  const hosts = prefixes === undefined ? privateHosts(view) : credentialHosts(view, prefixes);
  return hosts.filter(host => registryHostProblem(host) === undefined);
}

/** A prefix names its host. A wildcard names none: it stands for the known ones that it matches. */
function credentialHosts(view: StackView, prefixes: readonly string[]): readonly string[] {
  const named = prefixes.filter(isExplicitSource).map(registryOfKey);
  const wildcards = prefixes.filter(prefix => !isExplicitSource(prefix));
  const isMatched = (host: string): boolean =>
    wildcards.some(prefix => prefixLength(host, prefix) !== undefined);
  const used = imagesToCover(view).map(({ registry }) => registry);
  return [...named, ...[...used, ...privateHosts(view)].filter(isMatched)];
}

/** The hosts of the policy and of the private images, also what is not a host, such as `*.example.com`. */
function privateHosts(view: StackView): readonly string[] {
  const { policy } = view;
  const targets = policy?.rules.flatMap(rule => [rule.target ?? '', ...Object.values(rule.images)]) ?? [];
  const listed = policy?.private.map(registryOfKey).filter(host => !isSharedRegistry(host)) ?? [];
  return [...targets.map(registryOfKey), ...listed, ...privateImages(view).map(({ registry }) => registry)];
}
