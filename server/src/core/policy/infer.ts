import { canonicalRepository } from '../image/repository.ts';
import { mirrorRule } from './mirrorRule.ts';
import { isSharedRegistry } from './privacy.ts';
import { rewriteRepository } from './rewrite.ts';
import { splitRepository } from './target.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

/** An image of the defaults and the repository that a layer put in its place. */
export interface Override {
  readonly upstream: string;
  readonly actual: string;
}

interface Pair extends Override {
  readonly registry: string;
  readonly path: string;
}

type Rules = readonly MirrorRule[];
type Options = Pick<MirrorRule, 'path' | 'library' | 'separator'>;

/** The simplest first: what explains the pairs with less is more likely meant. */
const OPTIONS: readonly Options[] = [
  { path: 'keep', library: 'keep', separator: '-' },
  { path: 'keep', library: 'strip', separator: '-' },
  ...['-', '_', '.', '__', '--'].flatMap((separator): Options[] => [
    { path: 'flat', library: 'keep', separator },
    { path: 'flat', library: 'strip', separator },
  ]),
];

/** Explains nearly everything, so it is tried late. */
const LAST: Options = { path: 'last', library: 'keep', separator: '-' };

/** A target's last part that speaks of one upstream, so that the rule is not meant for all. */
const UPSTREAM_WORD = /docker|hub|ghcr|github|quay|gcr|google|k8s|library/i;

/**
 * The policy that overrides in a stack already follow. Pairs that leave the upstream as it is ask for no rule
 * on it. `undefined`: nothing to learn, or no policy of ours yields every pair.
 */
export function inferPolicy(pairs: readonly Override[]): RegistryPolicy | undefined {
  const all = canonicalPairs(pairs);
  const moved = all?.filter(pair => pair.upstream !== pair.actual) ?? [];
  if (all === undefined || moved.length === 0) return undefined;
  const everything = (options: Options): readonly Rules[] =>
    allTargets(moved, options).map(target => [mirrorRule('*', target, options)]);
  const last = groupBy(moved, namespaceOf).size > 1 ? [LAST] : [];
  return [
    ...OPTIONS.flatMap(everything),
    ...wrapped(rulesByRegistry(moved, group => registryRule(group, OPTIONS))),
    ...last.flatMap(everything),
    ...wrapped(rulesByRegistry(moved, group => registryRule(group, [...OPTIONS, ...last]))),
    ...wrapped(rulesByRegistry(moved, mainRule)),
  ]
    .map((rules): RegistryPolicy => ({ rules, private: [] }))
    .find(policy => all.every(pair => isReproduced(policy, pair)));
}

/** `undefined`: a repository is invalid, or one upstream has two targets. */
function canonicalPairs(pairs: readonly Override[]): readonly Pair[] | undefined {
  const byUpstream = new Map<string, Pair>();
  for (const pair of pairs) {
    const upstream = canonicalRepository(pair.upstream);
    const actual = canonicalRepository(pair.actual);
    if (upstream === undefined || actual === undefined) return undefined;
    const known = byUpstream.get(upstream);
    if (known !== undefined && known.actual !== actual) return undefined;
    byUpstream.set(upstream, { upstream, actual, ...splitRepository(upstream) });
  }
  return [...byUpstream.values()];
}

function isReproduced(policy: RegistryPolicy, pair: Pair): boolean {
  const rewrite = rewriteRepository(policy, pair.upstream);
  if (rewrite.kind === 'rewritten') return canonicalRepository(rewrite.repository) === pair.actual;
  return rewrite.kind !== 'invalid' && pair.upstream === pair.actual;
}

/** Targets of one rule for everything: with the registry in the path, or the same prefix for all. */
function allTargets(pairs: readonly Pair[], options: Options): readonly string[] {
  const hosted = commonTarget(pairs, options, pair => `/${pair.registry.replace(':', '-')}`);
  const plain = commonTarget(pairs, options, () => '');
  const oneUpstream = new Set(pairs.map(pair => pair.registry)).size === 1;
  const speaks = plain !== undefined && UPSTREAM_WORD.test(plain.slice(plain.lastIndexOf('/') + 1));
  const targets: string[] = [];
  if (hosted !== undefined) targets.push(`${hosted}/{registry}`);
  if (plain !== undefined && !(oneUpstream && speaks)) targets.push(plain);
  return targets;
}

/** The rules of every registry, one after another. `undefined`: a registry has none. */
function rulesByRegistry(
  pairs: readonly Pair[],
  rulesOf: (group: readonly Pair[]) => Rules | undefined,
): Rules | undefined {
  const rules: MirrorRule[] = [];
  for (const group of groupBy(pairs, pair => pair.registry).values()) {
    const found = rulesOf(group);
    if (found === undefined) return undefined;
    rules.push(...found);
  }
  return rules;
}

/** One rule for all pairs of a registry, with the first options that give them a common target. */
function registryRule(group: readonly Pair[], choices: readonly Options[]): Rules | undefined {
  const source = group[0]?.registry ?? '';
  for (const options of choices) {
    const target = commonTarget(group, options, () => '', source);
    if (target !== undefined) return [mirrorRule(source, target, options)];
  }
  return undefined;
}

/**
 * A rule for most pairs of a registry; the others get a rule for their namespace, or are renamed one by one.
 */
function mainRule(group: readonly Pair[]): Rules | undefined {
  const [options] = OPTIONS;
  const source = group[0]?.registry;
  if (options === undefined || source === undefined) return undefined;
  const byTarget = groupBy(group, pair => commonTarget([pair], options, () => '', source) ?? '');
  let target = '';
  let followers: readonly Pair[] = [];
  for (const [place, pairs] of byTarget)
    if (place !== '' && pairs.length > followers.length) [target, followers] = [place, pairs];
  const rules: MirrorRule[] = [];
  const renames: (readonly [string, string])[] = [];
  const rest = group.filter(pair => !followers.includes(pair));
  for (const [place, others] of groupBy(rest, namespaceOf)) {
    const own = commonTarget(others, options, () => '', place);
    if (own === undefined) renames.push(...others.map(pair => [pair.upstream, pair.actual] as const));
    else rules.push(mirrorRule(place, own));
  }
  if (renames.length >= Math.max(1, followers.length)) return undefined;
  const images = Object.fromEntries(renames);
  if (target !== '') rules.push(mirrorRule(source, target, { ...options, images }));
  return rules;
}

/** The prefix that every actual repository has before its path. `undefined`: not all have the same. */
function commonTarget(
  pairs: readonly Pair[],
  options: Options,
  infix: (pair: Pair) => string,
  source?: string,
): string | undefined {
  const prefixes = new Set<string>();
  for (const pair of pairs) {
    const base = source ?? pair.registry;
    const suffix = `${infix(pair)}/${keptPath(pair, base, options)}`;
    if (!pair.actual.endsWith(suffix)) return undefined;
    prefixes.add(pair.actual.slice(0, -suffix.length));
  }
  const [prefix] = prefixes;
  if (prefixes.size !== 1 || prefix === undefined || prefix === '') return undefined;
  const [place, origin] = [splitRepository(`${prefix}/`), splitRepository(`${source ?? ''}/`)];
  // The same path on a shared host is another public image, no private place.
  if (isSharedRegistry(place.registry) && place.path === origin.path) return undefined;
  return prefix;
}

function keptPath(pair: Pair, base: string, options: Options): string {
  const rest = pair.upstream.slice(base.length + 1);
  const official = options.library === 'strip' && base === 'docker.io' && /^library\/[^/]+$/.test(rest);
  const path = official ? rest.slice('library/'.length) : rest;
  if (options.path === 'last') return path.slice(path.lastIndexOf('/') + 1);
  if (options.path === 'flat') return path.replaceAll('/', options.separator);
  return path;
}

function namespaceOf(pair: Pair): string {
  return pair.upstream.slice(0, pair.upstream.lastIndexOf('/'));
}

function groupBy(
  pairs: readonly Pair[],
  keyOf: (pair: Pair) => string,
): ReadonlyMap<string, readonly Pair[]> {
  const groups = new Map<string, readonly Pair[]>();
  for (const pair of pairs) groups.set(keyOf(pair), [...(groups.get(keyOf(pair)) ?? []), pair]);
  return groups;
}

function wrapped<T>(value: T | undefined): readonly T[] {
  if (value === undefined) return [];
  return [value];
}
