import { withoutEnd } from '../text/cut.ts';
import { DOCKER_HUB, isRegistryPart } from '../image/reference.ts';
import { repositoryProblems } from '../image/repository.ts';
import { mirrorRule } from './mirrorRule.ts';
import { isOpenShift } from './problems.ts';
import { splitRepository } from './target.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

export type LayoutId =
  'upstream-host' | 'host-swap' | 'host-swap-familiar' | 'project-per-upstream' | 'flat' | 'last';

/** A way to lay out a private registry. */
export interface RegistryLayout {
  readonly id: LayoutId;
  readonly label: string;
  readonly description: string;
  readonly rules: (registry: string) => readonly MirrorRule[];
}

const PROJECTS: readonly (readonly [registry: string, project: string])[] = [
  ['docker.io', 'dockerhub'],
  ['ghcr.io', 'ghcr'],
  ['quay.io', 'quay'],
  ['gcr.io', 'gcr'],
  ['registry.k8s.io', 'k8s'],
];

/** What the project of an upstream registry is usually called. */
export const upstreamProjects: ReadonlyMap<string, string> = new Map(PROJECTS);

/** The layouts to choose from, the safest first. */
export const REGISTRY_LAYOUTS: readonly RegistryLayout[] = [
  {
    id: 'upstream-host',
    label: 'Keep the upstream registry in the path',
    description:
      'docker.io/istio/proxyv2 becomes registry/docker.io/istio/proxyv2; no two images can collide',
    rules: registry => [mirrorRule('*', `${registry}/{registry}/{path}`)],
  },
  {
    id: 'host-swap',
    label: 'Replace the registry only',
    description:
      'docker.io/istio/proxyv2 becomes registry/istio/proxyv2, mysql becomes registry/library/mysql',
    rules: registry => [mirrorRule('*', registry)],
  },
  {
    id: 'host-swap-familiar',
    label: 'Replace the registry, drop library/',
    description: 'docker.io/istio/proxyv2 becomes registry/istio/proxyv2, mysql becomes registry/mysql',
    rules: registry => [mirrorRule('*', registry, { library: 'strip' })],
  },
  {
    id: 'project-per-upstream',
    label: 'One project or proxy repository for each upstream',
    description:
      'docker.io goes to registry/dockerhub, ghcr.io to registry/ghcr, and so on; for proxy caches',
    rules: registry => PROJECTS.map(([source, project]) => mirrorRule(source, `${registry}/${project}`)),
  },
  {
    id: 'flat',
    label: 'One level, dashes for slashes',
    description:
      'docker.io/istio/proxyv2 becomes registry/istio-proxyv2; for Docker Hub accounts and OpenShift',
    rules: registry => [mirrorRule('*', registry, { path: 'flat' })],
  },
  {
    id: 'last',
    label: 'Only the last part of the name',
    description: 'docker.io/istio/proxyv2 becomes registry/proxyv2; images of the same name collide',
    rules: registry => [mirrorRule('*', registry, { path: 'last' })],
  },
];

/**
 * The policy for a private registry, such as `registry.example.com/mirror`. Without a layout the one that
 * keeps all images apart, as far as the registry allows it. `undefined`: not a valid registry, or no such
 * layout.
 */
export function policyForRegistry(registry: string, layout?: string): RegistryPolicy | undefined {
  const place = cleanRegistry(registry);
  if (registryProblem(registry) !== undefined) return undefined;
  const id = layout ?? defaultLayout(place);
  const rules = REGISTRY_LAYOUTS.find(entry => entry.id === id)?.rules(place);
  return rules && { rules, private: [] };
}

/** Why a text cannot be the place that images are mirrored to. `undefined`: it can. */
export function registryProblem(registry: string): string | undefined {
  const place = cleanRegistry(registry);
  if (place === '') return 'the registry is empty: write its host, such as registry.example.com';
  const { registry: host, path } = splitRepository(`${place}/`);
  if (!isRegistryPart(host)) return `"${host}" is not a registry host: write it with its domain or port`;
  if (path === '' && host === DOCKER_HUB) return 'name your account too, such as docker.io/account';
  return repositoryProblems(`${place}/image`)[0]?.message;
}

/**
 * The layout that keeps all images apart, or comes nearest to it where the registry allows two levels only.
 */
export function defaultLayout(registry: string): LayoutId {
  const { registry: host } = splitRepository(`${cleanRegistry(registry)}/`);
  if (host === DOCKER_HUB || isOpenShift(host)) return 'flat';
  return 'upstream-host';
}

function cleanRegistry(registry: string): string {
  return withoutEnd(registry.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''), '/');
}
