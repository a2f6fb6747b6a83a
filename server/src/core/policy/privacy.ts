import { canonicalRepository } from '../image/repository.ts';
import { canonicalPrefix, prefixLength } from './match.ts';
import { placeholdersOf, splitRepository, targetPattern } from './target.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

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

/**
 * How closely the policy calls a canonical repository private: the length of the prefix that does so,
 * infinite for a fixed rename. `undefined`: it is not private.
 */
export function privateSpecificity(policy: RegistryPolicy, repository: string): number | undefined {
  const lengths = [
    ...policy.rules.flatMap(rule => ruleLengths(rule, repository)),
    ...policy.private.map(prefix => prefixLength(repository, canonicalPrefix(prefix))),
    dedicatedHostLength(policy, repository),
  ].filter(length => length !== undefined);
  if (lengths.length === 0) return undefined;
  return Math.max(...lengths);
}

function ruleLengths(rule: MirrorRule, repository: string): readonly (number | undefined)[] {
  const renamed = Object.values(rule.images).some(target => canonicalRepository(target) === repository);
  return [renamed ? Infinity : undefined, targetLength(rule.target, repository)];
}

function targetLength(target: string | null, repository: string): number | undefined {
  if (target === null || target === '') return undefined;
  const prefix = canonicalPrefix(target);
  const literal = prefix.indexOf('{');
  if (literal >= 0 && !repository.startsWith(prefix.slice(0, literal))) return undefined;
  if (placeholdersOf(prefix).length === 0) return prefixLength(repository, prefix);
  const { pattern, literals } = targetPattern(prefix);
  return pattern.test(repository) ? literals : undefined;
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
