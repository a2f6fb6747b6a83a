import { isDomain } from '../image/grammar.ts';
import { DOCKER_HUB, isOfficial, isRegistryPart } from '../image/reference.ts';
import { repositoryProblems } from '../image/repository.ts';
import { upTo } from '../text/cut.ts';
import type { RuleMatch } from './match.ts';
import type { MirrorRule } from './types.ts';

export const PLACEHOLDERS = ['registry', 'path', 'namespace', 'name', 'flat'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const PLACEHOLDER = /\{([^{}]*)\}/g;
/** A registry as `{registry}` prints it: with a dot, `localhost`, or a port after a dash. */
const REGISTRY_PATTERN = '[^/]*\\.[^/]*|localhost(?:-[0-9]+)?|[^/]+-[0-9]+';

export interface CanonicalImage {
  readonly registry: string;
  readonly path: string;
}

export function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some(placeholder => placeholder === name);
}

/** The names between braces, known or not, in the order of the target. */
export function placeholdersOf(target: string): readonly string[] {
  return [...target.matchAll(PLACEHOLDER)].map(match => match[1] ?? '');
}

/** Whether the rest of the path is appended to the target, as to a prefix. */
export function isPrefixTarget(target: string): boolean {
  return placeholdersOf(target).every(name => name === 'registry');
}

export function splitRepository(repository: string): CanonicalImage {
  const slash = repository.indexOf('/');
  return { registry: repository.slice(0, slash), path: repository.slice(slash + 1) };
}

/** The repository that a rule makes of a canonical one, valid or not. */
export function expandTarget(match: RuleMatch, target: string, repository: string): string {
  const { rule } = match;
  const image = splitRepository(repository);
  const isStripped = rule.library === 'strip' && image.registry === DOCKER_HUB && isOfficial(image.path);
  const path = isStripped ? image.path.slice('library/'.length) : image.path;
  const prefix = fillPlaceholders(target, rule, { registry: image.registry, path });
  if (!isPrefixTarget(target)) return prefix;
  const rest = repository.slice(match.length);
  // A sub-domain wildcard leaves the port after the host; only a bare host can take it over.
  const port = /^:[0-9]+/.exec(rest)?.[0] ?? '';
  const carried = /[/:]/.test(target) ? prefix : prefix + port;
  const tail = rest.slice(port.length).replace(/^\//, '');
  if (tail === '') return carried;
  if (tail === image.path) return `${carried}/${keptPath(rule, path)}`;
  return `${carried}/${keptPath(rule, tail)}`;
}

/** Why an expanded target must not be written. `undefined`: it is a valid repository with a registry. */
export function targetProblem(target: string): string | undefined {
  const first = upTo(target, '/');
  const [flaw] = repositoryProblems(target);
  const registryOnly = first === target && (isDomain(first) || flaw === undefined);
  if (registryOnly) return `"${target}" names only a registry: a path must follow`;
  if (flaw !== undefined) return flaw.message;
  if (isRegistryPart(first)) return undefined;
  return `"${first}" is read as a path on Docker Hub: write the registry's full host`;
}

/**
 * What a target looks like when it is filled in; the rest of a prefix target may follow. Groups: see `names`.
 */
export interface TargetPattern {
  readonly pattern: RegExp;
  /** What each group of the pattern holds; `rest` is what follows a prefix target. */
  readonly names: readonly (Placeholder | 'rest')[];
  /** The literal characters of the target: more of them make it the closer one. */
  readonly literals: number;
}

/** The pattern of the repositories that a target can yield. */
export function targetPattern(target: string): TargetPattern {
  const names: (Placeholder | 'rest')[] = [];
  let source = '';
  target.split('/').forEach((segment, index, all) => {
    const text = segmentPattern(segment, names);
    if (index === all.length - 1) source += text;
    else if (segment === '{namespace}') source += `(?:${text}/)?`;
    else source += `${text}/`;
  });
  if (isPrefixTarget(target)) {
    names.push('rest');
    source += '(?:/(.+))?';
  }
  const literals = target.replace(PLACEHOLDER, '').length;
  return { pattern: new RegExp(`^${source}$`), names, literals };
}

function segmentPattern(segment: string, names: (Placeholder | 'rest')[]): string {
  let source = '';
  let end = 0;
  for (const match of segment.matchAll(PLACEHOLDER)) {
    const name = match[1] ?? '';
    if (!isPlaceholder(name)) continue;
    names.push(name);
    source += `${escapeLiteral(segment.slice(end, match.index))}(${valuePatterns[name]})`;
    end = match.index + match[0].length;
  }
  return source + escapeLiteral(segment.slice(end));
}

const valuePatterns: Readonly<Record<Placeholder, string>> = {
  registry: REGISTRY_PATTERN,
  path: '.+',
  namespace: '.+',
  name: '[^/]+',
  flat: '[^/]+',
};

function fillPlaceholders(target: string, rule: MirrorRule, image: CanonicalImage): string {
  const slash = image.path.lastIndexOf('/');
  const values: Readonly<Record<Placeholder, string>> = {
    // A port cannot be in a path.
    registry: image.registry.replace(':', '-'),
    path: keptPath(rule, image.path),
    namespace: image.path.slice(0, Math.max(0, slash)),
    name: image.path.slice(slash + 1),
    flat: image.path.replaceAll('/', rule.separator),
  };
  const segments: string[] = [];
  for (const segment of target.split('/')) {
    const text = segment.replace(PLACEHOLDER, (whole, name: string) =>
      isPlaceholder(name) ? values[name] : whole,
    );
    const vanishes = segment !== '' && text === '';
    if (!vanishes) segments.push(text);
  }
  return segments.join('/');
}

function keptPath(rule: MirrorRule, path: string): string {
  if (rule.path === 'last') return path.slice(path.lastIndexOf('/') + 1);
  if (rule.path === 'flat') return path.replaceAll('/', rule.separator);
  return path;
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
