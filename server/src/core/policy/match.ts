import { upTo } from '../text/cut.ts';
import { canonicalRepository } from '../image/repository.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

export interface RuleMatch {
  readonly rule: MirrorRule;
  /**
   * How much of the repository the source stands for, in UTF-16 code units; the registry's length for `*`.
   */
  readonly length: number;
  /** The higher, the closer: the source's own length; 0 for `*`, infinite for a fixed rename. */
  readonly specificity: number;
  /** The fixed rename that applies. */
  readonly rename?: string;
}

/** The rule for a canonical repository. `undefined`: no rule says anything about it. */
export function matchRule(policy: RegistryPolicy, repository: string): RuleMatch | undefined {
  let best: RuleMatch | undefined;
  for (const rule of policy.rules) {
    const match = matchOne(rule, repository);
    if (match !== undefined && (best === undefined || match.specificity > best.specificity)) best = match;
  }
  return best;
}

/**
 * How many code units of a canonical reference a prefix stands for: it must end at the end or before `/`, `:`
 * or `@`, never between host and port. `*.example.com` stands for every host below,
 * port not counted. `undefined`: no match.
 */
export function prefixLength(reference: string, prefix: string): number | undefined {
  if (prefix.startsWith('*.')) return subdomainLength(reference, prefix.slice(1));
  if (prefix === '' || !reference.startsWith(prefix)) return undefined;
  if (reference.length === prefix.length) return prefix.length;
  const next = reference.charAt(prefix.length);
  const boundary = next === '/' || (prefix.includes('/') && (next === ':' || next === '@'));
  if (!boundary) return undefined;
  return prefix.length;
}

/** The prefix with Docker Hub's old host name replaced. */
export function canonicalPrefix(prefix: string): string {
  return prefix.replace(/^index\.docker\.io(?=\/|$)/, 'docker.io');
}

/** Whether a source names its registry, so that it is neither `*` nor a sub-domain wildcard. */
export function isExplicitSource(source: string): boolean {
  return !source.startsWith('*');
}

function matchOne(rule: MirrorRule, repository: string): RuleMatch | undefined {
  const [, rename] =
    Object.entries(rule.images).find(([source]) => canonicalRepository(source) === repository) ?? [];
  if (rename !== undefined) return { rule, length: repository.length, specificity: Infinity, rename };
  if (rule.source === '*') return { rule, length: repository.indexOf('/'), specificity: 0 };
  const source = canonicalPrefix(rule.source);
  const length = prefixLength(repository, source);
  if (length === undefined) return undefined;
  return { rule, length, specificity: source.length };
}

function subdomainLength(reference: string, suffix: string): number | undefined {
  const host = upTo(reference, '/:@');
  if (host.endsWith(suffix) && host.length > suffix.length) return host.length;
  return undefined;
}
