import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { version } from '../version.ts';
import { maxBodyBytes, type HttpAnswer, type HttpTransport } from './transport.ts';
import { trustOf } from './trust.node.ts';

export interface NodeTransportOptions {
  /** PEM texts of authorities that are trusted besides those of Node and of the machine. */
  readonly authorities: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds without a byte after which a host is given up. */
  readonly patience?: number;
}

/** Sends requests with Node, through the proxy that `HTTPS_PROXY` and `NO_PROXY` name. */
export function nodeTransport({ authorities, env, patience = 20_000 }: NodeTransportOptions): HttpTransport {
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
  return ({ method, url: address, headers, body }, signal) =>
    new Promise(resolve => {
      // Each request listens to it, and a connection that breaks does so a little longer.
      setMaxListeners(0, signal);
      const url = new URL(address);
      const isSecure = url.protocol === 'https:';
      const fail = (error: NodeJS.ErrnoException): void => resolve(failureOf(error));
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
    });
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
      return { kind: 'failed', reason: 'its answer is larger than 4 MiB', isTls: false };
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

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the host',
  ETIMEDOUT: 'it does not answer',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'CERT_UNTRUSTED',
]);

/** Texts of errors may quote what was sent. */
function failureOf(error: NodeJS.ErrnoException): HttpAnswer {
  const code = error.code ?? '';
  if (code === 'ABORT_ERR') return { kind: 'failed', reason: 'stopped', isTls: false };
  if (untrusted.has(code)) {
    const reason = 'its certificate is not trusted: name the file of its authority with --registry-ca';
    return { kind: 'failed', reason, isTls: true };
  }
  const isTls = code.startsWith('CERT_') || code === 'ERR_TLS_CERT_ALTNAME_INVALID';
  return {
    kind: 'failed',
    reason: reasons[code] ?? `it cannot be reached (${code || 'no reason given'})`,
    isTls,
  };
}
