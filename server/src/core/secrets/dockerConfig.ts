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
  let maps: readonly JsonNode[] = [root];
  if (type !== 'kubernetes.io/dockercfg') {
    maps = membersOf(root, 'auths').map(({ value }) => value);
    const headers = membersOf(root, 'httpheaders');
    if (!headers.every(({ value }) => isTextMap(value)))
      return broken('has "HttpHeaders" that are not strings');
  }
  const entries: JsonMember[] = [];
  for (const map of maps) {
    if (map.kind === 'object') entries.push(...map.members);
    else if (map.kind !== 'null') return broken('has "auths" that are not a map');
  }
  const last = [...new Map(entries.map(entry => [entry.key, entry])).values()];
  const read = last.map(entry => ({ entry, host: registryKey(entry.key), state: readEntry(entry.value) }));
  const wrong = read.find(({ state }) => state === 'broken');
  if (wrong !== undefined) {
    const name = wrong.host === undefined ? 'an entry' : `an entry for "${wrong.host}"`;
    return broken(`has ${name} that cannot be read`);
  }
  const hosts = new Set<string>();
  const problems: ConfigProblem[] = [];
  for (const { host, state } of read) {
    if (host === undefined) continue;
    if (state === 'bare') problems.push({ kind: 'bare', host });
    else hosts.add(host);
  }
  for (const { entry, host = hubKey } of read)
    if (isLostHubKey(entry.key)) problems.push({ kind: 'hub', host, span: entry.keySpan });
  problems.push(...helpersOf(root, type));
  return { kind: 'config', hosts: [...hosts].sort().reverse(), problems };
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
  if (auth === '' && username + password === '') return 'bare';
  if (auth === '') return 'usable';
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
  const { members } = root;
  return (['credsStore', 'credHelpers'] as const)
    .filter(key => members.some(member => member.key === key))
    .map(key => ({ kind: 'helper', key }));
}
