import { toBase64 } from '../text/base64.ts';
import { isRecord } from '../yaml/value.ts';
import { decodeAuth } from './dockerConfig.ts';
import { dockerConfigKey, registryOfKey } from './registryHost.ts';
import { isLostHubKey } from './registryKey.ts';

/** A login of a docker config. Never to be shown or logged. */
export interface DockerCredential {
  readonly registry: string;
  /** Its key under `auths` of a pull secret. */
  readonly key: string;
  /** `user:password` in base64. */
  readonly auth: string;
}

/** A registry, and a sentence about it that does not contain credentials. */
export interface RegistryNote {
  readonly registry: string;
  readonly message: string;
}

export interface DockerLogins {
  /** What a kubelet can use, of the wanted registries only. */
  readonly credentials: readonly DockerCredential[];
  /** The wanted registries without such a login, and why. */
  readonly lacking: readonly RegistryNote[];
  /** Logins that may be of no use all the same. */
  readonly doubtful: readonly RegistryNote[];
}

/**
 * The logins of the wanted registries in a docker config, as a kubelet would read it
 * (pkg/credentialprovider/config.go): `auth`, else `username` and `password`. It knows neither identity
 * tokens nor credential helpers. Other registries are not looked at.
 */
export function dockerLogins(config: unknown, registries: readonly string[]): DockerLogins {
  const all = registries.map(registry => loginOf(config, registry));
  return {
    credentials: all.flatMap(login => login.credentials),
    lacking: all.flatMap(login => login.lacking),
    doubtful: all.flatMap(login => login.doubtful),
  };
}

function loginOf(config: unknown, registry: string): DockerLogins {
  const found = loginEntries(config, registry);
  const credentials: DockerCredential[] = [];
  for (const [written, entry] of found) {
    const auth = basicAuth(entry);
    const key = secretKey(written, registry);
    if (auth === undefined || credentials.some(other => other.key === key)) continue;
    credentials.push({ registry, key, auth });
  }
  const helper = helperOf(config, registry);
  if (credentials.length === 0) {
    const entries = found.map(([, entry]) => entry);
    return { credentials, lacking: [{ registry, message: whyNone(entries, helper) }], doubtful: [] };
  }
  if (helper === undefined) return { credentials, lacking: [], doubtful: [] };
  const message = `docker asks ${helper.name} for it, so the password in the file may be out of date`;
  return { credentials, lacking: [], doubtful: [{ registry, message }] };
}

function whyNone(entries: readonly unknown[], helper: Helper | undefined): string {
  // Whoever logs in to a store leaves an empty entry in the file.
  if (helper?.kind === 'store' && entries.length === 0) {
    const place = `${helper.name}, which a kubelet does not ask`;
    return `there is no login in the file, and docker login would put the password into ${place}`;
  }
  if (helper !== undefined) {
    return `its password is kept by ${helper.name}, not in the file, and a kubelet does not ask helpers`;
  }
  if (entries.length === 0) return 'there is no login, run docker login first';
  if (entries.some(entry => isRecord(entry) && entry.identitytoken !== undefined))
    return 'there is only an identity token, which a kubelet cannot use: create a robot account or an access token';
  return 'its login does not have a readable user name and password, run docker login again';
}

/** The entries of a registry, that under its usual key first; keys with a path are of their registry, too. */
export function loginEntries(config: unknown, registry: string): readonly (readonly [string, unknown])[] {
  if (!isRecord(config) || !isRecord(config.auths)) return [];
  const entries = Object.entries(config.auths).filter(
    ([key]) => registryOfKey(key) === registry && !isTokenKey(key),
  );
  const usual = dockerConfigKey(registry);
  return entries.toSorted(([a], [b]) => Number(b === usual) - Number(a === usual));
}

/**
 * Whether `docker login` keeps a token of its own for Docker Hub there,
 * which does not give a kubelet any image.
 */
function isTokenKey(key: string): boolean {
  return isLostHubKey(key) && /\/v1\/(?:access|refresh)-token\/?$/.test(key);
}

/** A path in the key is kept: it says which repositories the login is for. */
function secretKey(key: string, registry: string): string {
  const path = key.replace(/^https?:\/\//i, '').replace(/^[^/]*/, '');
  if (/^(?:\/(?:v[12]\/?)?)?$/.test(path)) return dockerConfigKey(registry);
  return `${registry}${path}`;
}

interface Helper {
  /** For this registry alone, or for all that have none of their own. */
  readonly kind: 'own' | 'store';
  /** How to call it in a sentence. */
  readonly name: string;
}

/**
 * The program that docker asks for the passwords of a registry, as the config names it; `undefined`: none.
 */
function helperOf(config: unknown, registry: string): Helper | undefined {
  if (!isRecord(config)) return undefined;
  const { credHelpers, credsStore: store } = config;
  if (isRecord(credHelpers) && Object.keys(credHelpers).some(key => registryOfKey(key) === registry))
    return { kind: 'own', name: 'a credential helper ("credHelpers")' };
  if (typeof store !== 'string' || store === '') return undefined;
  const name = /^[\w.-]{1,40}$/.test(store) ? `the credential store "${store}"` : 'a credential store';
  return { kind: 'store', name };
}

/** `user:password` in base64, never to be shown or logged; `undefined`: the entry has no user name with a password. */
export function basicAuth(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined;
  const { auth, username, password } = entry;
  if (typeof auth === 'string' && auth.trim() !== '') {
    const text = auth.replace(/\s/g, '');
    if (!isLogin(decodeAuth(text))) return undefined;
    return text;
  }
  if (typeof username !== 'string' || typeof password !== 'string') return undefined;
  const login = `${username}:${password}`;
  if (!isLogin(login)) return undefined;
  return toBase64(login);
}

function isLogin(text: string | undefined): boolean {
  return text !== undefined && /^[^:]+:[^\0]/s.test(text);
}
