import { jsonValue } from '../../core/text/jsonValue.ts';
import { isRecord } from '../../core/yaml/value.ts';
import { isLoopback } from '../../core/verify/registryAddress.ts';
import type { RegistryLogin } from './login.ts';
import type { HttpAnswer, HttpRequest } from './transport.ts';

/** Where a registry sends for tokens. */
export interface TokenRealm {
  readonly url: string;
  readonly service: string | undefined;
}

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; readonly expires: number }
  | { readonly kind: 'refused' | 'failed'; readonly reason: string };

/** Seconds that a token is good for where its server does not say (distribution's token specification). */
const usualLifetime = 60;

/** `undefined`: the challenge has no address that may be asked. */
export function realmOf(parameters: ReadonlyMap<string, string>): TokenRealm | undefined {
  const url = parameters.get('realm');
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  return { url, service: parameters.get('service') };
}

/**
 * The request for a token that pulls some repositories. A login goes only to a server whose connection is private;
 * `undefined`: it cannot go there.
 */
export function tokenRequest(
  { url, service }: TokenRealm,
  repositories: readonly string[],
  login: RegistryLogin | undefined,
): HttpRequest | undefined {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  if (login !== undefined && address.protocol !== 'https:' && !isLoopback(address.host)) return undefined;
  const scopes = repositories.map(repository => `repository:${repository}:pull`);
  if (login?.identityToken !== undefined) {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'deploykf-values',
      scope: scopes.join(' '),
      refresh_token: login.identityToken,
      ...(service !== undefined && { service }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: address.href, headers, body: form.toString() };
  }
  if (service !== undefined) address.searchParams.set('service', service);
  for (const scope of scopes) address.searchParams.append('scope', scope);
  const headers = login?.basic === undefined ? undefined : { authorization: `Basic ${login.basic}` };
  return { method: 'GET', url: address.href, headers: headers ?? {} };
}

export interface AskedToken {
  readonly host: string;
  /** Whether a login was sent along. */
  readonly hasLogin: boolean;
  /** Milliseconds since 1970, when the request was sent. */
  readonly now: number;
}

export function readToken(answer: HttpAnswer, { host, hasLogin, now }: AskedToken): TokenAnswer {
  if (answer.kind === 'failed')
    return { kind: 'failed', reason: `its token server ${host} cannot be reached: ${answer.reason}` };
  const { status, body } = answer.response;
  if (status === 401 && hasLogin)
    return {
      kind: 'failed',
      reason: `its token server ${host} refuses the login: run docker login again`,
    };
  if ([400, 401, 403, 414, 431].includes(status)) {
    const what = hasLogin ? 'refuses the login' : 'wants a login: run docker login';
    return { kind: 'refused', reason: `its token server ${host} ${what}` };
  }
  if (status !== 200)
    return { kind: 'failed', reason: `its token server ${host} answers with status ${status}` };
  const fields = jsonValue(new TextDecoder().decode(body));
  const token = isRecord(fields) ? fields['token'] || fields['access_token'] : undefined;
  if (!isRecord(fields) || typeof token !== 'string' || !/^[\x21-\x7e]{1,100000}$/.test(token))
    return { kind: 'failed', reason: `its token server ${host} sends no token` };
  const seconds = typeof fields['expires_in'] === 'number' ? fields['expires_in'] : usualLifetime;
  return { kind: 'token', token, expires: now + Math.max(seconds - 10, usualLifetime / 2) * 1000 };
}
