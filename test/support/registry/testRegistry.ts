// Real registries (Debian's docker-registry) on loopback. Each ends with `stop`, or with the process.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate, type Certificate } from './certificate.ts';
import { htpasswd, password, user } from './credentials.ts';
import { issuer, service, TokenServer } from './tokenServer.ts';

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface RegistryCall {
  readonly method: string;
  /** From the root, or a whole address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface TestRegistry {
  /** With its port; `localhost` where it speaks TLS. */
  readonly host: string;
  readonly url: string;
  /** A folder of its own, removed at the end. */
  readonly folder: string;
  /** What it is to be trusted by; `undefined`: it speaks plain HTTP. */
  readonly certificate: Certificate | undefined;
  /** `undefined`: it takes no tokens. */
  readonly tokenServer: TokenServer | undefined;
  /** A request of somebody who may do everything. */
  call(call: RegistryCall): Promise<RegistryAnswer>;
  stop(): Promise<void>;
}

/** `plain`: HTTP, for everybody. `basic`: TLS and a password. `token`: HTTP and tokens of a token server. */
export type RegistryKind = 'plain' | 'basic' | 'token';

export async function startRegistry(kind: RegistryKind): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-registry-'));
  const certificate = kind === 'plain' ? undefined : makeCertificate(folder);
  const tokenServer = kind === 'token' && certificate ? new TokenServer(certificate) : undefined;
  await tokenServer?.start();
  const port = await freePort();
  const isSecure = kind === 'basic';
  const host = `${isSecure ? 'localhost' : '127.0.0.1'}:${port}`;
  const url = `${isSecure ? 'https' : 'http'}://${host}`;
  const config = { ...commonConfig(port), ...authConfig(folder, kind, { certificate, tokenServer }) };
  const configFile = join(folder, 'config.yml');
  writeFileSync(configFile, JSON.stringify(config));
  writeFileSync(join(folder, 'htpasswd'), htpasswd);
  if (isSecure && certificate !== undefined) {
    config.http.tls = { certificate: certificate.certFile, key: certificate.keyFile };
    writeFileSync(configFile, JSON.stringify(config));
  }
  const child = spawn('docker-registry', ['serve', configFile], { stdio: 'ignore', env: cleanEnv() });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const authorization = (path: string): string | undefined => {
    if (kind === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const [, name] = /\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(path) ?? [];
    if (tokenServer === undefined || name === undefined) return undefined;
    return `Bearer ${tokenServer.makeToken([{ name, actions: ['pull', 'push', 'delete'] }])}`;
  };
  const registry: TestRegistry = {
    host,
    url,
    folder,
    certificate,
    tokenServer,
    call: call => send(url, call, { authorization: authorization(call.path), ca: certificate?.cert }),
    stop: async () => {
      process.off('exit', kill);
      const ended = ends(child);
      kill();
      await ended;
      await tokenServer?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await waitFor(registry, child);
  return registry;
}

interface Config extends Record<string, unknown> {
  readonly http: Record<string, unknown>;
}

function commonConfig(port: number): Config {
  return {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { inmemory: {}, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } },
    http: { addr: `127.0.0.1:${port}` },
  };
}

function authConfig(
  folder: string,
  kind: RegistryKind,
  { certificate, tokenServer }: Pick<TestRegistry, 'certificate' | 'tokenServer'>,
): Record<string, unknown> {
  if (kind === 'basic')
    return { auth: { htpasswd: { realm: 'test "quoted", realm', path: join(folder, 'htpasswd') } } };
  if (tokenServer === undefined) return {};
  const { realm } = tokenServer;
  return { auth: { token: { realm, service, issuer, rootcertbundle: certificate?.certFile } } };
}

/** Without the variables by which a registry takes settings. */
function cleanEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: tmpdir(), OTEL_TRACES_EXPORTER: 'none' };
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function waitFor({ url, certificate }: TestRegistry, child: ChildProcess): Promise<void> {
  const end = Date.now() + 10_000;
  while (Date.now() < end && child.exitCode === null) {
    const call = { method: 'GET', path: '/v2/' };
    const answer = await send(url, call, { ca: certificate?.cert }).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise(resolve => setTimeout(resolve, 30));
  }
  throw new Error(`docker-registry did not start at ${url}`);
}

function ends(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => child.once('exit', () => resolve()));
}

function send(
  base: string,
  { method, path, headers, body }: RegistryCall,
  { authorization, ca }: { readonly authorization?: string | undefined; readonly ca?: string | undefined },
): Promise<RegistryAnswer> {
  const url = new URL(path, base);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        headers: { ...headers, ...(authorization !== undefined && { authorization }) },
        ...(ca !== undefined && { ca }),
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
