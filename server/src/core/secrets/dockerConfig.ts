import { parseJson, type JsonMember, type JsonNode } from '../text/json.ts';
import type { Span } from '../text/span.ts';
import { decodeBase64 } from '../text/base64.ts';
import { hubKey, isHubRepository, isLostHubKey, keyMatches, registryKey } from './registryKey.ts';

export type ConfigProblem =
  /** The entry has no user and no password that the kubelet reads. */
  | { readonly kind: 'bare'; readonly host: string }
  /**
   * The key is meant for Docker Hub, but no image matches it. `span`: the key with its quotes in the JSON.
   */
  | { readonly kind: 'hub'; readonly host: string; readonly span: Span }
  /** Credentials are kept elsewhere, which the kubelet does not look at. */
  | { readonly kind: 'helper'; readonly key: 'credsStore' | 'credHelpers' };

/**
 * What the kubelet makes of a `.dockerconfigjson`. Holds the names of registries,
 * never a user, password or token.
 */
export interface DockerConfig {
  readonly kind: 'config';
  /**
   * Registries with credentials, as the kubelet names them, reverse-sorted: hosts,
   * also with port, path, wildcards.
   */
  readonly hosts: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** The kubelet gives up on it, and then pulls no image at all for a Pod with this Secret. */
export interface BrokenConfig {
  readonly kind: 'broken';
  /** What is wrong, a phrase to put after the key's name. */
  readonly reason: string;
}

export type DecodedConfig = DockerConfig | BrokenConfig;

/** The two keys of a Secret that the kubelet reads, each with its own type of Secret. */
export const configKeys = {
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
  'kubernetes.io/dockercfg': '.dockercfg',
} as const;

export type ConfigType = keyof typeof configKeys;

/** Reads what is under `data`. */
export function decodeData(base64: string, type: ConfigType): DecodedConfig {
  const text = decodeBase64(base64, 'padded');
  if (text === undefined) return broken('is not base64');
  return decodeConfig(text, type);
}

/**
 * Reads the JSON as the kubelet does: kubernetes' pkg/credentialprovider/config.go (`DockerConfigJSON`,
 * `DockerConfigEntry.UnmarshalJSON`) and secrets/secrets.go.
 * `kubernetes.io/dockercfg` is the map of `auths` alone.
 */
export function decodeConfig(text: string, type: ConfigType): DecodedConfig {
  const root = parseJson(text);
  if (root === undefined) return broken('is not JSON');
  if (root.kind !== 'object') return broken('is not a JSON object');
  const maps =
    type === 'kubernetes.io/dockercfg' ? [root] : membersOf(root, 'auths').map(({ value }) => value);
  const headers =
    type === 'kubernetes.io/dockercfg' ? [] : membersOf(root, 'httpheaders').map(({ value }) => value);
  if (!headers.every(isTextMap)) return broken('has "HttpHeaders" that are not strings');
  const entries: JsonMember[] = [];
  for (const map of maps) {
    if (map.kind === 'object') entries.push(...map.members);
    else if (map.kind !== 'null') return broken('has "auths" that are not a map');
  }
  const last = [...new Map(entries.map(entry => [entry.key, entry])).values()];
  const read = last.map(entry => ({ entry, host: registryKey(entry.key), state: readEntry(entry.value) }));
  const wrong = read.find(({ state }) => state === 'broken');
  if (wrong !== undefined) return broken(`has an entry${of(wrong.host)} that cannot be read`);
  const hosts = read.flatMap(({ host, state }) => {
    if (host === undefined || state === 'bare') return [];
    return [host];
  });
  return {
    kind: 'config',
    hosts: [...new Set(hosts)].sort().reverse(),
    problems: [
      ...read.flatMap(({ host, state }) => {
        if (host === undefined || state !== 'bare') return [];
        return [{ kind: 'bare' as const, host }];
      }),
      ...read.flatMap(({ entry, host }) => {
        if (!isLostHubKey(entry.key)) return [];
        return [{ kind: 'hub' as const, host: host ?? hubKey, span: entry.keySpan }];
      }),
      ...helpersOf(root, type),
    ],
  };
}

/** Whether the kubelet finds credentials for a canonical repository (`Lookup` of keyring.go). */
export function covers({ hosts, problems }: DockerConfig, repository: string): boolean {
  const matches = (key: string): boolean => keyMatches(key, repository);
  if (hosts.some(matches)) return true;
  // An entry without credentials that matches hides those of Docker Hub.
  const isHidden = problems.some(problem => problem.kind === 'bare' && matches(problem.host));
  return !isHidden && isHubRepository(repository) && hosts.includes(hubKey);
}

function broken(reason: string): BrokenConfig {
  return { kind: 'broken', reason };
}

function of(host: string | undefined): string {
  if (host === undefined) return '';
  return ` for "${host}"`;
}

/** Go's JSON reader takes names in any case, and the last one said counts. */
function membersOf(node: JsonNode, name: string): readonly JsonMember[] {
  if (node.kind !== 'object') return [];
  return node.members.filter(({ key }) => key.toLowerCase() === name);
}

function isTextMap(node: JsonNode): boolean {
  if (node.kind !== 'object') return node.kind === 'null';
  return node.members.every(({ value }) => value.kind === 'string' || value.kind === 'null');
}

/** Whether an entry has credentials; `broken`: the kubelet stops with an error. */
function readEntry(entry: JsonNode): 'usable' | 'bare' | 'broken' {
  if (entry.kind === 'null') return 'bare';
  if (entry.kind !== 'object') return 'broken';
  const fields = ['username', 'password', 'email', 'auth'].map(name => textOf(entry, name));
  if (fields.includes(undefined)) return 'broken';
  const [username = '', password = '', , auth = ''] = fields;
  if (auth === '') return username + password === '' ? 'bare' : 'usable';
  const decoded = decodeAuth(auth);
  if (decoded?.includes(':') !== true) return 'broken';
  return decoded === ':' ? 'bare' : 'usable';
}

/** `user:password`, by the kubelet's choice of the kind of base64; `undefined`: it is not one. */
export function decodeAuth(auth: string): string | undefined {
  return decodeBase64(auth, auth.trim().endsWith('=') ? 'padded' : 'bare');
}

/** Empty when there is none; `undefined` when it is not a text. */
function textOf(entry: JsonNode, name: string): string | undefined {
  let text = '';
  for (const { value } of membersOf(entry, name)) {
    if (value.kind === 'string') ({ text } = value);
    else if (value.kind !== 'null') return undefined;
  }
  return text;
}

function helpersOf(root: JsonNode, type: ConfigType): readonly ConfigProblem[] {
  if (type === 'kubernetes.io/dockercfg' || root.kind !== 'object') return [];
  return (['credsStore', 'credHelpers'] as const).flatMap(key => {
    if (!root.members.some(member => member.key === key)) return [];
    return [{ kind: 'helper' as const, key }];
  });
}
