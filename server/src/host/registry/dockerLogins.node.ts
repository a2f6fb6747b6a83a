import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { basicAuth, loginEntries } from '../../core/secrets/dockerLogins.ts';
import { dockerConfigKey, registryOfKey } from '../../core/secrets/registryHost.ts';
import { toBase64 } from '../../core/text/base64.ts';
import { jsonValue } from '../../core/text/jsonValue.ts';
import { isRecord } from '../../core/yaml/value.ts';
import { isWithin, withWorkTrees } from '../bounds.node.ts';
import { dockerConfigPath, readDockerConfig } from '../dockerConfig.node.ts';
import type { FindLogin, RegistryLogin } from './login.ts';

export interface DockerLoginOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Folders whose programs are not run, nor those of their git work trees: those of the workspace. */
  readonly untrusted: readonly string[];
  /** Says what is wrong with the logins of a registry, once; without credentials. */
  readonly complain: (message: string) => void;
}

/**
 * The logins of docker and podman, also those that credential helpers keep: the user has them for what is asked here. Nothing is read
 * before the first question.
 */
export function dockerLoginFinder(options: DockerLoginOptions): FindLogin {
  let config: Promise<unknown> | undefined;
  const helped = new Map<string, Promise<RegistryLogin | undefined>>();
  return async (registry, repository) => {
    config ??= readConfig(options);
    const fields = await config;
    if (!isRecord(fields)) return undefined;
    const helper = helperOf(fields, registry);
    if (helper !== undefined) {
      const asked = helped.get(registry) ?? askHelper(options, registry, helper);
      helped.set(registry, asked);
      const login = await asked;
      if (login !== undefined) return login;
    }
    return loginIn(fields, registry, repository);
  };
}

async function readConfig({ env, complain }: DockerLoginOptions): Promise<unknown> {
  const named = env['REGISTRY_AUTH_FILE'];
  const runtime = env['XDG_RUNTIME_DIR'];
  const paths = [named === undefined || named === '' ? dockerConfigPath(env) : named];
  if (named === undefined && runtime !== undefined) paths.push(join(runtime, 'containers', 'auth.json'));
  for (const path of paths) {
    if (!exists(path)) continue;
    const file = await readDockerConfig(path);
    if (file.kind === 'config') return file.config;
    complain(`the logins of ${path} are not used: the file ${file.problem}`);
  }
  return undefined;
}

function exists(path: string): boolean {
  try {
    accessSync(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

interface Helper {
  readonly name: string;
  /** What it knows the registry by. */
  readonly key: string;
}

function helperOf(
  { credHelpers, credsStore }: Readonly<Record<string, unknown>>,
  registry: string,
): Helper | undefined {
  const own = isRecord(credHelpers) ? Object.entries(credHelpers) : [];
  for (const [key, name] of own) {
    if (registryOfKey(key) === registry && typeof name === 'string') return { name, key };
  }
  if (typeof credsStore === 'string' && credsStore !== '')
    return { name: credsStore, key: dockerConfigKey(registry) };
  return undefined;
}

/** Milliseconds; a helper may ask its own server. */
const helperPatience = 20_000;

/** The protocol of docker-credential-helpers: the registry goes in, a name and a secret come out. */
async function askHelper(
  { env, untrusted, complain }: DockerLoginOptions,
  registry: string,
  { name, key }: Helper,
): Promise<RegistryLogin | undefined> {
  if (!/^[\w-]{1,60}$/.test(name)) {
    complain(
      `the docker config names a credential helper for ${registry} that is not a name, so it is not run`,
    );
    return undefined;
  }
  const program = await findProgram(`docker-credential-${name}`, env, untrusted);
  if (program === undefined) {
    complain(`docker-credential-${name}, which the docker config names for ${registry}, is not installed`);
    return undefined;
  }
  const output = await runHelper(program, key, env);
  if (output === undefined) return undefined;
  const answer = jsonValue(output);
  if (!isRecord(answer) || typeof answer['Username'] !== 'string' || typeof answer['Secret'] !== 'string') {
    complain(`docker-credential-${name} does not have a login for ${registry}`);
    return undefined;
  }
  const { Username: user, Secret: secret } = answer;
  if (user === '<token>') return { key: `${registry} helper`, identityToken: secret };
  return { key: `${registry} helper`, basic: toBase64(`${user}:${secret}`) };
}

/** `undefined`: it does not know the registry. What it prints about that is not passed on. */
function runHelper(program: string, key: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise(resolve => {
    const limits = { timeout: helperPatience, maxBuffer: 1024 * 1024, env, cwd: homedir() };
    const child = execFile(program, ['get'], limits, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${key}\n`);
  });
}

/** In the folders of `PATH`, without those that whoever wrote the workspace can put programs into, also by links. */
async function findProgram(
  name: string,
  env: NodeJS.ProcessEnv,
  untrusted: readonly string[],
): Promise<string | undefined> {
  const outside = await withWorkTrees(untrusted);
  const isTrusted = (path: string): boolean =>
    !path.split(sep).includes('node_modules') && !outside.some(root => isWithin(root, path));
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (env['PATH'] ?? '').split(delimiter).filter(folder => isAbsolute(folder));
  for (const folder of folders) {
    const path = join(folder, file);
    if (isTrusted(path) && isProgram(path) && isTrusted(realpathSync(path))) return path;
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The entry of the registry whose path is the longest that the repository is below. */
function loginIn(config: unknown, registry: string, repository: string): RegistryLogin | undefined {
  let best: { readonly length: number; readonly login: RegistryLogin } | undefined;
  for (const [key, entry] of loginEntries(config, registry)) {
    const path = pathOf(key);
    if (path !== '' && repository !== path && !repository.startsWith(`${path}/`)) continue;
    const login = loginOf(key, entry);
    if (login !== undefined && path.length > (best?.length ?? -1)) best = { length: path.length, login };
  }
  return best?.login;
}

/** What a key names below its host: podman has logins for parts of a registry. */
function pathOf(key: string): string {
  const path = key
    .replace(/^https?:\/\//i, '')
    .replace(/^[^/]*\/?/, '')
    .replace(/\/$/, '');
  return /^v[12](?:$|\/)/.test(path) ? '' : path;
}

function loginOf(key: string, entry: unknown): RegistryLogin | undefined {
  const token = isRecord(entry) ? entry['identitytoken'] : undefined;
  if (typeof token === 'string' && token !== '') return { key, identityToken: token };
  const basic = basicAuth(entry);
  return basic === undefined ? undefined : { key, basic };
}
