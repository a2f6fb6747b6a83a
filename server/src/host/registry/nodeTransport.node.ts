import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { version } from '../version.ts';
import { failureOf, tooLong } from './failure.ts';
import {
  maxBodyBytes,
  patience as usualPatience,
  type HttpAnswer,
  type HttpRequest,
  type HttpTransport,
} from './transport.ts';
import { trustOf } from './trust.node.ts';

export interface NodeTransportOptions {
  /** PEM texts of authorities that are trusted besides those of Node and of the machine. */
  readonly authorities: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds without a byte after which a host is given up. */
  readonly patience?: number;
}

/** Sends requests with Node, through the proxy that `HTTPS_PROXY` and `NO_PROXY` name. */
export function nodeTransport({
  authorities,
  env,
  patience = usualPatience,
}: NodeTransportOptions): HttpTransport {
  const plain = new HttpAgent({ keepAlive: true });
  const agents = new Map<string, HttpsAgent>();
  const agentOf = (url: URL): HttpsAgent => {
    const known = agents.get(url.host);
    if (known !== undefined) return known;
    const { ca, cert, key } = trustOf(url.host, authorities, env);
    const options = {
      keepAlive: true,
      ...(ca && { ca: [...ca] }),
      ...(cert && { cert }),
      ...(key && { key }),
    };
    const proxy = getProxyForUrl(url.href);
    const agent = proxy === '' ? new HttpsAgent(options) : proxied(proxy, options);
    agents.set(url.host, agent);
    return agent;
  };
  const send = (request: HttpRequest, signal: AbortSignal, resolve: (answer: HttpAnswer) => void): void => {
    const { method, url: address, headers, body } = request;
    const url = new URL(address);
    const isSecure = url.protocol === 'https:';
    const fail = (error: NodeJS.ErrnoException): void => resolve(failureOf(error.code ?? ''));
    const sent = (isSecure ? requestHttps : requestHttp)(
      url,
      {
        method,
        headers: { 'user-agent': `deploykf-values/${version}`, ...headers },
        agent: isSecure ? agentOf(url) : plain,
        signal,
        timeout: patience,
      },
      response => void readBody(response).then(resolve, fail),
    );
    sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    sent.on('error', fail);
    sent.end(body);
  };
  return (request, signal) =>
    new Promise(resolve => {
      // Each request listens to it, and a connection that breaks does so a little longer.
      setMaxListeners(0, signal);
      try {
        send(request, signal, resolve);
      } catch (error) {
        // A certificate or key that cannot be read.
        resolve(failureOf(codeOf(error)));
      }
    });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function proxied(proxy: string, options: object): HttpsAgent {
  const agent: unknown = new HttpsProxyAgent(proxy, options);
  return agent as HttpsAgent;
}

async function readBody(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > maxBodyBytes) {
      response.destroy();
      return failureOf(tooLong);
    }
    chunks.push(bytes);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headersDistinct))
    headers[name] = (value ?? []).join(', ');
  return {
    kind: 'response',
    response: { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) },
  };
}
