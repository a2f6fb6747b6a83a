import { parseChallenges } from '../../core/verify/challenge.ts';
import { apiHost, isLoopback } from '../../core/verify/registryAddress.ts';
import { Semaphore } from '../semaphore.ts';
import type { FindLogin, RegistryLogin } from './login.ts';
import { readToken, realmOf, tokenRequest, type TokenAnswer, type TokenRealm } from './tokens.ts';
import type { HttpAnswer, HttpRequest, HttpResponse, HttpTransport } from './transport.ts';

/** What is asked of a registry, below `/v2/` and the repository. */
export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD';
  readonly registry: string;
  readonly repository: string;
  /** Such as `manifests/1.0`. */
  readonly path: string;
  readonly accept?: string;
}

/** `denied`: the login is not enough, or the registry does not tell what it lacks. `later`: it asks to wait longer than we do. */
export type RegistryAnswer =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  | { readonly kind: 'denied' | 'failed' | 'later'; readonly reason: string };

export interface ClientOptions {
  readonly transport: HttpTransport;
  readonly findLogin: FindLogin;
  /** Hosts that are spoken to without TLS, besides this machine. */
  readonly plainHttp: readonly string[];
  /** What will be asked for, by registry: one token is for many of them. */
  readonly repositories: ReadonlyMap<string, readonly string[]>;
  readonly signal: AbortSignal;
}

/** Requests at once, of all registries. */
const width = 6;
/** Repositories of one token; token servers put all of them into it, and headers have their limits. */
const perToken = 20;
const mostRedirects = 5;
const mostTries = 4;
/** Milliseconds; whoever asks for more is asked again later. */
const longestWait = 30_000;

/** How a registry wants to be spoken to. */
interface Manner {
  readonly origin: string;
  readonly login:
    { readonly kind: 'none' | 'basic' } | { readonly kind: 'bearer'; readonly realm: TokenRealm };
}

type Reached =
  { readonly kind: 'manner'; readonly manner: Manner } | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads from registries by the API of the OCI distribution specification. Logins go to the registry that asks for them and to its
 * token server, never along with a redirect to another place.
 */
export class RegistryClient {
  readonly #options: ClientOptions;
  readonly #turns = new Semaphore(width);
  readonly #manners = new Map<string, Promise<Reached>>();
  readonly #tokens = new Map<string, Promise<TokenAnswer>>();
  #requests = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** How many requests were sent, also those for tokens. */
  get requests(): number {
    return this.#requests;
  }

  async ask(request: RegistryRequest): Promise<RegistryAnswer> {
    const reached = await this.#reach(request.registry);
    if (reached.kind === 'failed') return reached;
    const { manner } = reached;
    const login = await this.#options.findLogin(request.registry, request.repository);
    const first = await this.#askAs(manner, login, request, 'many');
    const { registry } = request;
    const isRefused = first.kind === 'denied' || (first.kind === 'response' && first.response.status === 401);
    if (!isRefused) return judged(first, registry, login);
    if (manner.login.kind === 'bearer') {
      // A token for many may be for too few of them, or not to be had at all.
      const second = await this.#askAs(manner, login, request, 'one');
      return judged(second, registry, login);
    }
    if (first.kind !== 'response') return judged(first, registry, login);
    const wanted = wayOf(first.response);
    if (manner.login.kind === 'basic' && login !== undefined)
      return { kind: 'failed', reason: `it refuses the login: run docker login ${registry} again` };
    if (manner.login.kind !== 'none' || wanted.kind === 'none') return judged(first, registry, login);
    // Some want a login only for what is in them.
    const asked = { ...manner, login: wanted };
    this.#manners.set(registry, Promise.resolve({ kind: 'manner', manner: asked }));
    return judged(await this.#askAs(asked, login, request, 'many'), registry, login);
  }

  async #askAs(
    { origin, login: way }: Manner,
    login: RegistryLogin | undefined,
    request: RegistryRequest,
    tokenFor: 'many' | 'one',
  ): Promise<RegistryAnswer> {
    const { method, repository, path, accept } = request;
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    if (way.kind === 'basic' && login?.basic !== undefined) headers['authorization'] = `Basic ${login.basic}`;
    if (way.kind === 'bearer') {
      const token = await this.#token(way.realm, request, login, tokenFor);
      if (token.kind !== 'token')
        return { kind: token.kind === 'refused' ? 'denied' : 'failed', reason: token.reason };
      headers['authorization'] = `Bearer ${token.token}`;
    }
    return this.#send({ method, url: `${origin}/v2/${repository}/${path}`, headers });
  }

  /** Asks a registry once how it wants to be spoken to. */
  #reach(registry: string): Promise<Reached> {
    const known = this.#manners.get(registry);
    if (known !== undefined) return known;
    const reached = this.#greet(registry);
    this.#manners.set(registry, reached);
    return reached;
  }

  async #greet(registry: string): Promise<Reached> {
    const host = apiHost(registry);
    const isPlain = this.#options.plainHttp.includes(registry);
    const schemes = isPlain ? ['http'] : ['https', ...(isLoopback(host) ? ['http'] : [])];
    let reason = '';
    for (const scheme of schemes) {
      const origin = `${scheme}://${host}`;
      const answer = await this.#try({ method: 'GET', url: `${origin}/v2/`, headers: {} });
      if (answer.kind === 'response' && scheme === 'http' && wantsTls(answer.response))
        return { kind: 'failed', reason: 'it speaks TLS, and was asked without it' };
      if (answer.kind === 'response')
        return { kind: 'manner', manner: { origin, login: wayOf(answer.response) } };
      reason = reason === '' || answer.isTls ? answer.reason : reason;
      // Whoever speaks TLS with a certificate that is not trusted is not asked in the clear.
      if (answer.isTls) break;
    }
    return { kind: 'failed', reason };
  }

  async #token(
    realm: TokenRealm,
    { registry, repository }: RegistryRequest,
    login: RegistryLogin | undefined,
    tokenFor: 'many' | 'one',
  ): Promise<TokenAnswer> {
    const repositories = tokenFor === 'one' ? [repository] : this.#groupOf(registry, repository);
    const key = JSON.stringify([realm.url, realm.service, login?.key, repositories]);
    const known = this.#tokens.get(key);
    if (known !== undefined) {
      const token = await known;
      if (token.kind !== 'token' || token.expires > Date.now()) return token;
    }
    // Others may have waited for the same.
    const newer = this.#tokens.get(key);
    if (newer !== undefined && newer !== known) return newer;
    const asked = this.#askForToken(realm, repositories, login);
    this.#tokens.set(key, asked);
    return asked;
  }

  async #askForToken(
    realm: TokenRealm,
    repositories: readonly string[],
    login: RegistryLogin | undefined,
  ): Promise<TokenAnswer> {
    const request = tokenRequest(realm, repositories, login);
    const { host } = new URL(realm.url);
    if (request === undefined)
      return {
        kind: 'refused',
        reason: `its token server ${host} has no TLS, so that no login is sent there`,
      };
    const now = Date.now();
    return readToken(await this.#try(request), { host, hasLogin: login !== undefined, now });
  }

  #groupOf(registry: string, repository: string): readonly string[] {
    const all = this.#options.repositories.get(registry) ?? [];
    const index = all.indexOf(repository);
    if (index < 0) return [repository];
    const start = index - (index % perToken);
    return all.slice(start, start + perToken);
  }

  /** Follows redirects; a login stays where it was meant for. */
  async #send(request: HttpRequest): Promise<RegistryAnswer> {
    let { url } = request;
    let { headers } = request;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await this.#try({ ...request, url, headers });
      if (answer.kind === 'failed') return answer;
      const { response } = answer;
      const { location } = response.headers;
      const { host } = new URL(url);
      // It may say whom to give a login to, which is not meant for it.
      if ([401, 403].includes(response.status) && host !== new URL(request.url).host)
        return { kind: 'failed', reason: `it redirects to ${host}, which refuses to answer` };
      if (response.status === 429) return { kind: 'later', reason: sayLater(response) };
      if (![301, 302, 303, 307, 308].includes(response.status) || location === undefined) return answer;
      const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
      if (next === undefined || !isSafe(next, new URL(url)))
        return { kind: 'failed', reason: 'it redirects to an address without TLS' };
      if (next.origin !== new URL(url).origin) headers = withoutLogin(headers);
      url = next.href;
    }
    return { kind: 'failed', reason: 'it redirects again and again' };
  }

  /** Tries again what a busy server or network may do better the next time. */
  async #try(request: HttpRequest): Promise<HttpAnswer> {
    const { transport, signal } = this.#options;
    for (let tries = 1; ; tries++) {
      const answer = await this.#turns.take(() => {
        if (signal.aborted)
          return Promise.resolve({ kind: 'failed', reason: 'stopped', isTls: false } as const);
        this.#requests++;
        return transport(request, signal);
      });
      const wait = tries < mostTries && !signal.aborted ? waitOf(answer, tries) : undefined;
      if (wait === undefined) return answer;
      await pause(wait, signal);
    }
  }
}

/** Milliseconds to wait before another try; `undefined`: it is of no use. */
function waitOf(answer: HttpAnswer, tries: number): number | undefined {
  if (answer.kind === 'failed') return undefined;
  const { status, headers } = answer.response;
  if (status === 429) {
    const asked = retryAfter(headers['retry-after']) ?? 1000 * 2 ** tries;
    return asked <= longestWait ? asked : undefined;
  }
  return status >= 500 && tries < 3 ? 300 * tries : undefined;
}

/** Seconds or a date, as milliseconds from now. */
function retryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function sayLater({ headers }: HttpResponse): string {
  const wait = retryAfter(headers['retry-after']);
  const seconds = Math.ceil((wait ?? 0) / 1000);
  const when = seconds < 2 ? 'later' : `in ${seconds} seconds`;
  return `the registry allows no more requests for now, try again ${when}`;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

function wayOf({ status, headers }: HttpResponse): Manner['login'] {
  if (status !== 401) return { kind: 'none' };
  const challenges = parseChallenges(headers['www-authenticate'] ?? '');
  for (const { scheme, parameters } of challenges) {
    const realm = scheme === 'bearer' ? realmOf(parameters) : undefined;
    if (realm !== undefined) return { kind: 'bearer', realm };
  }
  const hasBasic = challenges.some(({ scheme }) => scheme === 'basic');
  return { kind: hasBasic ? 'basic' : 'none' };
}

/** What Go's and nginx's servers answer to a request without TLS, both with status 400. */
function wantsTls({ status, body }: HttpResponse): boolean {
  return status === 400 && /HTTP request .*to (?:an )?HTTPS/i.test(new TextDecoder().decode(body));
}

function judged(answer: RegistryAnswer, registry: string, login: RegistryLogin | undefined): RegistryAnswer {
  if (answer.kind !== 'response') return answer;
  const { status } = answer.response;
  if (status === 401 || status === 403) {
    const reason =
      login === undefined
        ? `no login for ${registry} was found: run docker login ${registry}`
        : 'the login may not read it, or it does not exist';
    return { kind: 'denied', reason };
  }
  return answer;
}

function isSafe(next: URL, from: URL): boolean {
  if (next.protocol === 'https:') return true;
  return (
    next.protocol === 'http:' &&
    (from.protocol === 'http:' || (isLoopback(next.host) && isLoopback(from.host)))
  );
}

function withoutLogin(headers: HttpRequest['headers']): HttpRequest['headers'] {
  const { authorization: _, ...others } = headers;
  return others;
}
