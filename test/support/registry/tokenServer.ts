import { randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';
import { password, user } from './credentials.ts';

export const issuer = 'deploykf-values-test';
export const service = 'test, service';

/** What a client asked the token server for. */
export interface TokenRequest {
  readonly scopes: readonly string[];
  /** As it came; `undefined`: anonymous. */
  readonly authorization: string | undefined;
}

/**
 * The token server of a registry: gives `pull` to whoever logs in as the user of the tests, for all repositories but those below
 * `secret/`.
 */
export class TokenServer {
  readonly requests: TokenRequest[] = [];
  /** Every token that was given out. */
  readonly tokens: string[] = [];
  readonly #certificate: Certificate;
  readonly #server: Server;

  constructor(certificate: Certificate) {
    this.#certificate = certificate;
    this.#server = createServer((request, response) => {
      const { status, body } = this.#answer(request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get realm(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** A token as the registry takes it. */
  makeToken(access: readonly { readonly name: string; readonly actions: readonly string[] }[]): string {
    const now = Math.floor(Date.now() / 1000);
    const der = this.#certificate.cert.replace(/-----[A-Z ]+-----|\s/g, '');
    const parts = [
      { typ: 'JWT', alg: 'ES256', x5c: [der] },
      {
        iss: issuer,
        sub: user,
        aud: service,
        exp: now + 300,
        nbf: now - 10,
        iat: now,
        jti: randomUUID(),
        access: access.map(entry => ({ type: 'repository', ...entry })),
      },
    ];
    const text = parts.map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const key = { key: this.#certificate.key, dsaEncoding: 'ieee-p1363' } as const;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  }

  #answer({ url, headers }: IncomingMessage): { readonly status: number; readonly body: unknown } {
    const query = new URL(url ?? '/', 'http://localhost').searchParams;
    const scopes = query.getAll('scope');
    this.requests.push({ scopes, authorization: headers.authorization });
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (headers.authorization !== expected)
      return { status: 401, body: { errors: [{ code: 'UNAUTHORIZED' }] } };
    const access = scopes
      .flatMap(scope => scope.split(' '))
      .map(scope => scope.split(':'))
      .filter(([, name = '']) => !name.startsWith('secret/'))
      .map(([, name = '', actions = '']) => ({ name, actions: actions.split(',') }));
    const token = this.makeToken(access);
    this.tokens.push(token);
    return { status: 200, body: { token, expires_in: 300 } };
  }
}
