import { canonicalRepository } from '../image/repository.ts';
import { canonicalPrefix, isExplicitSource } from './match.ts';
import { rewriteRepository } from './rewrite.ts';
import { isPrefixTarget, splitRepository, targetPattern } from './target.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

/** Flattened paths with more separators than this have too many readings to try. */
const MAX_SEPARATORS = 8;

/** The upstream repositories that one rule may have made a mirror repository of. */
interface Origins {
  readonly candidates: readonly string[];
  /** The literal characters of the target that fits. */
  readonly closeness: number;
  /** Whether there may be more upstreams than can be listed, such as for a plain host swap of `*`. */
  readonly open: boolean;
}

type Captures = ReadonlyMap<string, string>;

/**
 * The canonical upstream of a private repository, proven by rewriting it forward. Known upstreams decide
 * first; without one, the rules are turned round and the closest target counts. `undefined`:
 * not private, unknown or ambiguous.
 */
export function upstreamOf(
  policy: RegistryPolicy,
  repository: string,
  known: readonly string[] = [],
): string | undefined {
  const mirror = canonicalRepository(repository);
  if (mirror === undefined) return undefined;
  const listed = proven(policy, known, mirror);
  if (listed.length === 1) return listed[0];
  if (listed.length > 1) return undefined;

  const origins = policy.rules.flatMap(rule => [...renamedFrom(rule, mirror), ...madeFrom(rule, mirror)]);
  const found = origins
    .map(origin => ({ ...origin, candidates: proven(policy, origin.candidates, mirror) }))
    .filter(({ candidates, open }) => open || candidates.length > 0);
  const closeness = Math.max(...found.map(origin => origin.closeness));
  const closest = found.filter(origin => origin.closeness === closeness);
  const upstreams = new Set(closest.flatMap(({ candidates }) => candidates));
  if (upstreams.size !== 1 || closest.some(({ open }) => open)) return undefined;
  return [...upstreams][0];
}

function proven(policy: RegistryPolicy, candidates: readonly string[], mirror: string): readonly string[] {
  const upstreams = new Set<string>();
  for (const candidate of candidates) {
    const upstream = canonicalRepository(candidate);
    if (upstream === undefined || upstreams.has(upstream)) continue;
    const rewrite = rewriteRepository(policy, upstream);
    if (rewrite.kind === 'rewritten' && canonicalRepository(rewrite.repository) === mirror)
      upstreams.add(upstream);
  }
  return [...upstreams];
}

function renamedFrom(rule: MirrorRule, mirror: string): readonly Origins[] {
  return Object.entries(rule.images)
    .filter(([, target]) => canonicalRepository(target) === mirror)
    .map(([source]) => ({ candidates: [source], closeness: Infinity, open: false }));
}

function madeFrom(rule: MirrorRule, mirror: string): readonly Origins[] {
  if (rule.target === null || rule.target === '') return [];
  const target = canonicalPrefix(rule.target);
  const { pattern, names, literals } = targetPattern(target);
  const captures = capturesOf(pattern.exec(mirror), names);
  if (captures === undefined) return [];
  const registries = registriesOf(rule, captures);
  const paths = isPrefixTarget(target) ? appendedPaths(rule, captures) : templatePaths(rule, captures);
  if (registries === undefined || paths === undefined)
    return [{ candidates: [], closeness: literals, open: true }];
  const candidates = registries.flatMap(registry => paths.map(path => `${registry}/${path}`));
  return [{ candidates, closeness: literals, open: false }];
}

/** `undefined`: no match, or one placeholder stands for two different texts. */
function capturesOf(match: RegExpExecArray | null, names: readonly string[]): Captures | undefined {
  if (match === null) return undefined;
  const captures = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const text = match[index + 1] ?? '';
    if (captures.has(name) && captures.get(name) !== text) return undefined;
    captures.set(name, text);
  }
  return captures;
}

/** `undefined`: any registry could be the source. */
function registriesOf(rule: MirrorRule, captures: Captures): readonly string[] | undefined {
  if (isExplicitSource(rule.source)) return [splitRepository(`${canonicalPrefix(rule.source)}/`).registry];
  const registry = captures.get('registry');
  if (registry === undefined) return undefined;
  return [registry, registry.replace(/-(?=[0-9]+$)/, ':')];
}

/** The paths of a prefix target: what follows it comes after the source's own path. */
function appendedPaths(rule: MirrorRule, captures: Captures): readonly string[] | undefined {
  const rest = captures.get('rest') ?? '';
  const base = isExplicitSource(rule.source) ? splitRepository(`${canonicalPrefix(rule.source)}/`).path : '';
  if (rest === '') return [base.replace(/\/$/, '')];
  return keptBefore(rule, rest)?.map(path => base + path);
}

function templatePaths(rule: MirrorRule, captures: Captures): readonly string[] | undefined {
  const [path, name, flat] = [captures.get('path'), captures.get('name'), captures.get('flat')];
  if (path !== undefined && rule.path !== 'last') return withLibrary(rule, keptBefore(rule, path));
  if (flat !== undefined) return withLibrary(rule, unflattened(flat, rule.separator));
  const namespace = captures.get('namespace');
  if (name === undefined || namespace === undefined) return undefined;
  if (namespace === '') return withLibrary(rule, [name]);
  return withLibrary(rule, [`${namespace}/${name}`]);
}

function keptBefore(rule: MirrorRule, text: string): readonly string[] | undefined {
  if (rule.path === 'last') return undefined;
  if (rule.path === 'flat') return unflattened(text, rule.separator);
  return [text];
}

function withLibrary(rule: MirrorRule, paths: readonly string[] | undefined): readonly string[] | undefined {
  if (rule.library === 'strip') return paths?.flatMap(path => [path, `library/${path}`]);
  return paths;
}

/** Every path that gives the text with `/` replaced by the separator. `undefined`: too many. */
function unflattened(text: string, separator: string): readonly string[] | undefined {
  if (separator === '') return undefined;
  const [first = '', ...others] = text.split(separator);
  if (others.length > MAX_SEPARATORS) return undefined;
  return others.reduce<readonly string[]>(
    (paths, part) => paths.flatMap(path => [`${path}${separator}${part}`, `${path}/${part}`]),
    [first],
  );
}
