import { canonicalRepository } from '../image/repository.ts';
import { canonicalPrefix, prefixLength } from './match.ts';
import { placeholdersOf, splitRepository, targetPattern } from './target.ts';
import type { RegistryPolicy } from './types.ts';

/** Hosts that many owners share: a target there makes only its own prefix private, not the host. */
const SHARED_HOSTS: readonly RegExp[] = [
  /^docker\.io$/,
  /^registry-1\.docker\.io$/,
  /^ghcr\.io$/,
  /^quay\.io$/,
  /^(?:.+\.)?gcr\.io$/,
  /\.pkg\.dev$/,
  /^registry\.k8s\.io$/,
  /^public\.ecr\.aws$/,
  /^mcr\.microsoft\.com$/,
  /^registry\.gitlab\.com$/,
  /^nvcr\.io$/,
  /^docker\.elastic\.co$/,
  /^registry\.access\.redhat\.com$/,
  /^registry\.redhat\.io$/,
];

/** Whether a host is a registry that anybody may push to or pull from. */
export function isSharedRegistry(host: string): boolean {
  return SHARED_HOSTS.some(pattern => pattern.test(host));
}

/** Whether a policy says which images are private; else only those on shared registries are public for sure. */
export function knowsPrivate(policy: RegistryPolicy | undefined): policy is RegistryPolicy {
  return policy !== undefined && policy.rules.length + policy.private.length > 0;
}

/**
 * How closely the policy calls a canonical repository private: the length of the prefix that does so,
 * infinite for a fixed rename. `undefined`: it is not private.
 */
export function privateSpecificity(policy: RegistryPolicy, repository: string): number | undefined {
  const lengths = [dedicatedHostLength(policy, repository)];
  for (const { images, target } of policy.rules) {
    if (Object.values(images).some(name => canonicalRepository(name) === repository)) return Infinity;
    lengths.push(targetLength(target, repository));
  }
  for (const prefix of policy.private) lengths.push(prefixLength(repository, canonicalPrefix(prefix)));
  const known = lengths.filter(length => length !== undefined);
  if (known.length === 0) return undefined;
  return Math.max(...known);
}

function targetLength(target: string | null, repository: string): number | undefined {
  if (target === null || target === '') return undefined;
  const prefix = canonicalPrefix(target);
  const literal = prefix.indexOf('{');
  if (literal >= 0 && !repository.startsWith(prefix.slice(0, literal))) return undefined;
  if (placeholdersOf(prefix).length === 0) return prefixLength(repository, prefix);
  const { pattern, literals } = targetPattern(prefix);
  if (!pattern.test(repository)) return undefined;
  return literals;
}

function dedicatedHostLength(policy: RegistryPolicy, repository: string): number | undefined {
  const { registry } = splitRepository(repository);
  if (isSharedRegistry(registry)) return undefined;
  if (policy.rules.some(rule => rule.target !== null && canonicalPrefix(rule.source) === registry))
    return undefined;
  const targets = policy.rules.flatMap(rule => [rule.target ?? '', ...Object.values(rule.images)]);
  if (!targets.some(target => splitRepository(`${target}/`).registry === registry)) return undefined;
  return registry.length;
}
