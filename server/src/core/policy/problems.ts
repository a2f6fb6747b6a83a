import { DOCKER_HUB } from '../image/reference.ts';
import { canonicalRepository } from '../image/repository.ts';
import { rewriteRepository } from './rewrite.ts';
import { splitRepository } from './target.ts';
import type { RegistryPolicy } from './types.ts';

export type PolicyProblemKind = 'collision' | 'illegal' | 'length' | 'levels' | 'unsupported';

/** Something that goes wrong when the policy is applied to these repositories. */
export interface PolicyProblem {
  readonly kind: PolicyProblemKind;
  /** Canonical upstream repositories, sorted. */
  readonly sources: readonly string[];
  /** The repository that is written, or would be; for `unsupported` the first of them. */
  readonly target: string;
  readonly message: string;
}

/** Repositories, canonical and upstream, with what they become. */
export interface Mapping {
  readonly source: string;
  readonly target: string;
}

/** Many clients refuse a name with registry that is longer, although the grammar counts the path alone. */
const MAX_NAME_LENGTH = 255;

/** A registry product that cannot fetch from everywhere. */
interface ProxyLimit {
  /** On the whole target repository. */
  readonly target: RegExp;
  readonly refuses: (registry: string) => boolean;
  readonly message: (registry: string) => string;
}

const ECR = /^[0-9]+\.dkr\.ecr\.[^.]+\.amazonaws\.com(?:\.cn)?\//;

const ECR_UPSTREAMS: readonly RegExp[] = [
  /^(?:docker\.io|quay\.io|ghcr\.io|registry\.k8s\.io)$/,
  /^(?:public\.ecr\.aws|registry\.gitlab\.com|cgr\.dev)$/,
  /\.azurecr\.io$|\.dkr\.ecr\.[^.]+\.amazonaws\.com(?:\.cn)?$/,
];

const PROXY_LIMITS: readonly ProxyLimit[] = [
  {
    target: ECR,
    refuses: registry => !ECR_UPSTREAMS.some(pattern => pattern.test(registry)),
    message: registry =>
      `Amazon ECR cannot pull through from ${registry}: create these repositories and push the images`,
  },
  {
    target: /\/dependency_proxy\/containers\//,
    refuses: registry => registry !== DOCKER_HUB,
    message: registry =>
      `GitLab's dependency proxy cannot fetch from ${registry}, only from Docker Hub: push the images`,
  },
  {
    target: /^[^/]*nexus[^/]*\/repository\//,
    refuses: () => true,
    message: registry =>
      `Nexus does not serve images under /repository/, so those of ${registry} cannot be pulled: use its path or port routing`,
  },
];

/**
 * Checks a policy before anything is written. Repositories may be in any form;
 * the order of the answer is stable.
 */
export function policyProblems(
  policy: RegistryPolicy,
  repositories: readonly string[],
): readonly PolicyProblem[] {
  const sources = [
    ...new Set(repositories.map(canonicalRepository).filter(name => name !== undefined)),
  ].sort();
  const mappings: Mapping[] = [];
  const problems: PolicyProblem[] = [];
  for (const source of sources) {
    const rewrite = rewriteRepository(policy, source);
    if (rewrite.kind === 'rewritten') mappings.push({ source, target: rewrite.repository });
    if (rewrite.kind === 'invalid') {
      const message = `${source} cannot become "${rewrite.target}": ${rewrite.problem}`;
      problems.push({ kind: 'illegal', sources: [source], target: rewrite.target, message });
    }
  }
  return [
    ...problems,
    ...targetProblems(mappings),
    ...PROXY_LIMITS.flatMap(limit => unsupported(limit, mappings)),
  ];
}

/** What is wrong with the repositories that images are put into. */
export function targetProblems(mappings: readonly Mapping[]): readonly PolicyProblem[] {
  return [
    ...collisions(mappings),
    ...mappings.flatMap(mapping => [...lengthProblems(mapping), ...levelProblems(mapping)]),
  ];
}

function collisions(mappings: readonly Mapping[]): readonly PolicyProblem[] {
  const byTarget = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    const key = canonicalRepository(mapping.target) ?? mapping.target;
    const group = byTarget.get(key);
    if (group === undefined) byTarget.set(key, [mapping]);
    else group.push(mapping);
  }
  return [...byTarget.values()].flatMap(group => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return [];
    const sources = group.map(({ source }) => source);
    const { target } = first;
    const what = `${sources.join(' and ')} would share "${target}"`;
    const message = `${what}: keep more of the path or add {registry}`;
    return [{ kind: 'collision', sources, target, message }];
  });
}

function lengthProblems({ source, target }: Mapping): readonly PolicyProblem[] {
  if (target.length <= MAX_NAME_LENGTH) return [];
  const length = `${target.length} characters, many clients allow ${MAX_NAME_LENGTH}`;
  const message = `"${target}" has ${length}: shorten the target`;
  return [{ kind: 'length', sources: [source], target, message }];
}

function levelProblems({ source, target }: Mapping): readonly PolicyProblem[] {
  const { registry, path } = splitRepository(canonicalRepository(target) ?? target);
  const levels = path.split('/').length;
  const what = `"${target}" has ${levels} parts: use path: flat`;
  if (registry === DOCKER_HUB && levels > 2) {
    const message = `Docker Hub allows account/name, ${what}`;
    return [{ kind: 'levels', sources: [source], target, message }];
  }
  if (isOpenShift(registry) && levels !== 2) {
    const message = `OpenShift's registry needs project/name, ${what}`;
    return [{ kind: 'levels', sources: [source], target, message }];
  }
  return [];
}

/** Whether a repository is one of Amazon ECR. */
export function isEcr(repository: string): boolean {
  return ECR.test(repository);
}

/** Whether a host is the registry inside an OpenShift cluster, by its service or its default route. */
export function isOpenShift(registry: string): boolean {
  return /^(?:image-registry\.openshift-image-registry\.svc|default-route-openshift-image-registry\.)/.test(
    registry,
  );
}

function unsupported(limit: ProxyLimit, mappings: readonly Mapping[]): readonly PolicyProblem[] {
  const byRegistry = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    const { registry } = splitRepository(mapping.source);
    if (!limit.target.test(mapping.target) || !limit.refuses(registry)) continue;
    byRegistry.set(registry, [...(byRegistry.get(registry) ?? []), mapping]);
  }
  return [...byRegistry].map(([registry, group]) => ({
    kind: 'unsupported',
    sources: group.map(({ source }) => source),
    target: group[0]?.target ?? '',
    message: limit.message(registry),
  }));
}
