import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { HttpParams, HttpResult } from '../../server/src/protocol/verify.ts';

/** What says that a request is not wanted any more, as VS Code has it. */
interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): unknown;
}

/**
 * Sends a request with the modules of Node, which VS Code leads through the user's proxy and gives the certificates of the
 * machine. Never rejects, and logs nothing: there may be a login in it.
 */
export function sendHttp(params: HttpParams, token: Cancellation): Promise<HttpResult> {
  return new Promise(resolve => {
    const fail = (error: NodeJS.ErrnoException): void => resolve({ kind: 'failed', code: error.code ?? '' });
    try {
      const sent = start(params, response => {
        readBody(response, params.maxBodyBytes).then(resolve, fail);
      });
      const stop = (code: string): void => {
        sent.destroy(Object.assign(new Error(code), { code }));
      };
      sent.on('timeout', () => stop('ETIMEDOUT'));
      sent.on('error', fail);
      if (token.isCancellationRequested) stop('ABORT_ERR');
      token.onCancellationRequested(() => stop('ABORT_ERR'));
      sent.end(params.body);
    } catch (error) {
      // A certificate or key that cannot be read.
      fail(error instanceof Error ? error : new Error());
    }
  });
}

/** Throws where the certificate or the key cannot be read. */
function start(params: HttpParams, onResponse: (response: IncomingMessage) => void): ClientRequest {
  const { method, url: address, headers, ca, cert, key, patience: timeout } = params;
  const url = new URL(address);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const trust = { ...(ca && { ca: [...ca] }), ...(cert && { cert }), ...(key && { key }) };
  const own = { 'user-agent': 'deploykf-values-vscode', ...headers };
  return send(url, { method, headers: own, timeout, ...trust }, onResponse);
}

async function readBody(response: IncomingMessage, maxBodyBytes: number): Promise<HttpResult> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > maxBodyBytes) {
      response.destroy();
      return { kind: 'failed', code: 'BODY_TOO_LONG' };
    }
    chunks.push(bytes);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headersDistinct))
    headers[name] = (value ?? []).join(', ');
  const body = Buffer.concat(chunks).toString('base64');
  return { kind: 'response', status: response.statusCode ?? 0, headers, body };
}
