import { canonicalRepository } from '../image/repository.ts';
import { rewriteRepository } from '../policy/rewrite.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import type { ImageDraft } from './imageDraft.ts';

/** Registries whose own repositories cannot start with the name of a host. */
const flatRegistries: ReadonlySet<string> = new Set(['docker.io', 'ghcr.io']);

/**
 * Whether a registry that `valuesOverrides` set is put before a repository that has one. A mirror may keep repositories below the names of
 * their registries, so a public one after a private registry is right.
 */
export function namesRegistryTwice(
  { keys, repository, isRepositoryTemplated }: ImageDraft,
  policy: RegistryPolicy | undefined,
): boolean {
  const node = keys.registry?.winner.node;
  if (repository === undefined || isRepositoryTemplated || node?.kind !== 'scalar') return false;
  const registry = String(node.value);
  const rest = repository.slice(registry.length + 1);
  const host = rest.slice(0, Math.max(0, rest.indexOf('/')));
  if (!/[.:]/.test(host)) return false;
  if (flatRegistries.has(registry) || registry.split('/')[0] === host) return true;
  const canonical = canonicalRepository(rest);
  if (policy === undefined || canonical === undefined) return false;
  return rewriteRepository(policy, canonical).kind === 'private';
}
