import { DOCKER_HUB, normalizeReference } from '../image/reference.ts';

/** An image as the API of its registry names it. */
export interface RegistryAddress {
  /** The host with its port, as references name it. */
  readonly registry: string;
  readonly repository: string;
  /** A digest where it has one, else its tag. */
  readonly reference: string;
}

/** `undefined`: it is not a valid reference. */
export function registryAddress(image: string): RegistryAddress | undefined {
  const { reference } = normalizeReference(image);
  if (reference?.registry === undefined) return undefined;
  const { registry, path, tag, digest } = reference;
  return { registry, repository: path, reference: digest ?? tag ?? 'latest' };
}

/** The host that answers for a registry: Docker Hub has another one for that. */
export function apiHost(registry: string): string {
  return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry;
}

/** Whether a host is this machine itself, so that no one else hears what is said to it. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
