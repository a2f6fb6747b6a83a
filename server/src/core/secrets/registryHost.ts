import { upTo } from '../text/cut.ts';
import { DOCKER_HUB, isRegistryPart } from '../image/reference.ts';

/** The names that Docker Hub goes by in docker configs and commands. */
const dockerHubHosts: readonly string[] = [DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io'];

/**
 * Under this key `docker login` stores Docker Hub, and the kubelet looks for it
 * (pkg/credentialprovider/keyring.go).
 */
const dockerHubKey = 'https://index.docker.io/v1/';

/** The key of a registry host in `auths` of a docker config. */
export function dockerConfigKey(host: string): string {
  return dockerHubHosts.includes(host) ? dockerHubKey : host;
}

/** The registry host, with its port, that a key of a docker config is about: without scheme and path. */
export function registryOfKey(key: string): string {
  const host = upTo(key.replace(/^https?:\/\//i, ''), '/');
  return dockerHubHosts.includes(host) ? DOCKER_HUB : host;
}

/**
 * What is wrong with a text as a registry host, such as `registry.example.com:5000`; `undefined`: nothing.
 */
export function registryHostProblem(text: string): string | undefined {
  if (text === '') return 'write the host of the registry, such as registry.example.com';
  const host = registryOfKey(text);
  if (host !== text && isHost(host) && !dockerHubHosts.includes(text)) {
    return `"${text}" is more than the host of a registry: write "${host}"`;
  }
  if (isHost(text)) return undefined;
  return `"${text}" is not the host of a registry: write it with its domain or port`;
}

function isHost(text: string): boolean {
  const legal = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;
  return text.length <= 255 && legal.test(text) && isRegistryPart(text);
}
