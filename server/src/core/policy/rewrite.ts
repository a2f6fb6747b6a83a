import { describeReferenceError } from '../image/describeReferenceError.ts';
import { normalizeReference, printRepository, printSuffix } from '../image/reference.ts';
import { canonicalRepository, repositoryProblems } from '../image/repository.ts';
import { isExplicitSource, matchRule } from './match.ts';
import type { RuleMatch } from './match.ts';
import { privateSpecificity } from './privacy.ts';
import { expandTarget, placeholdersOf, targetProblem } from './target.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

/** What the policy makes of a repository. Only `rewritten` asks for a change. */
export type Rewrite =
  | { readonly kind: 'rewritten'; readonly repository: string; readonly rule: MirrorRule }
  /** It is in a private place already. */
  | { readonly kind: 'private' }
  /** A rule accepts it as public. */
  | { readonly kind: 'accepted'; readonly rule: MirrorRule }
  /** No rule says anything about it. */
  | { readonly kind: 'unmapped' }
  /** `target` would be invalid or rewritten again, or is the invalid input itself: never write it. */
  | Invalid;

/** Like `Rewrite` for a whole reference; tag and digest stay as they are. */
export type ReferenceRewrite =
  | { readonly kind: 'rewritten'; readonly reference: string; readonly rule: MirrorRule }
  | Exclude<Rewrite, { readonly kind: 'rewritten' }>;

interface Invalid {
  readonly kind: 'invalid';
  readonly target: string;
  /** What is wrong, without full stop. */
  readonly problem: string;
}

/** The repository may be written in any form; the answer is the target as the rule writes it. */
export function rewriteRepository(policy: RegistryPolicy, repository: string): Rewrite {
  const canonical = canonicalRepository(repository);
  if (canonical === undefined) {
    const problem = repositoryProblems(repository)[0]?.message ?? 'this is not a valid repository';
    return { kind: 'invalid', target: repository, problem };
  }
  return rewriteCanonical(policy, canonical);
}

/** The same for a repository that is known to be valid and canonical, such as `docker.io/library/mysql`. */
export function rewriteCanonical(policy: RegistryPolicy, canonical: string): Rewrite {
  const rewrite = rewriteOnce(policy, canonical);
  if (rewrite.kind !== 'rewritten') return rewrite;
  const again = rewriteOnce(policy, canonicalRepository(rewrite.repository) ?? rewrite.repository);
  if (again.kind === 'private') return rewrite;
  const problem = `"${rewrite.repository}" would be mapped again: list it as private or change the rule`;
  return { kind: 'invalid', target: rewrite.repository, problem };
}

/** Rewrites the repository of a reference with tag or digest. */
export function rewriteReference(policy: RegistryPolicy, text: string): ReferenceRewrite {
  const { reference, error } = normalizeReference(text);
  if (error !== undefined)
    return { kind: 'invalid', target: text, problem: describeReferenceError(error, text) };
  const rewrite = rewriteRepository(policy, printRepository(reference));
  if (rewrite.kind !== 'rewritten') return rewrite;
  return { kind: 'rewritten', reference: rewrite.repository + printSuffix(reference), rule: rewrite.rule };
}

function rewriteOnce(policy: RegistryPolicy, canonical: string): Rewrite {
  const match = matchRule(policy, canonical);
  const settled = privateSpecificity(policy, canonical);
  if (settled !== undefined && !outranks(match, settled)) return { kind: 'private' };
  if (match === undefined) return { kind: 'unmapped' };
  const { rule } = match;
  const target = match.rename ?? rule.target;
  if (target === null || isUnchanged(rule, target)) return { kind: 'accepted', rule };
  const repository = match.rename ?? expandTarget(match, target, canonical);
  const problem = templateProblem(target) ?? targetProblem(repository);
  if (problem !== undefined) return { kind: 'invalid', target: repository, problem };
  return { kind: 'rewritten', repository, rule };
}

/** A rule that names a place inside a private one is meant to move it. */
function outranks(match: RuleMatch | undefined, settled: number): boolean {
  if (match === undefined || match.rule.target === null) return false;
  return isExplicitSource(match.rule.source) && match.specificity > settled && match.specificity < Infinity;
}

/** As in `registries.conf`: a sub-domain wildcard without a location leaves the image alone. */
function isUnchanged(rule: MirrorRule, target: string): boolean {
  return target === '' && rule.source.startsWith('*.');
}

function templateProblem(target: string): string | undefined {
  const names = placeholdersOf(target);
  if (!names.includes('namespace') || ['path', 'name', 'flat'].some(name => names.includes(name)))
    return undefined;
  return 'a target with {namespace} needs {name}, or all images of a namespace become one';
}
