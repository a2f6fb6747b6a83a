import { CancellationTokenSource, type Connection } from 'vscode-languageserver';
import type { RegistryAccess } from '../host/registry/access.ts';
import { failureOf } from '../host/registry/failure.ts';
import { maxBodyBytes, patience, type HttpTransport } from '../host/registry/transport.ts';
import type { TracedContent } from './tracedContent.ts';
import { sendRequest } from '../protocol.ts';
import { httpRequest } from '../protocol/verify.ts';

export interface ClientTransportOptions {
  readonly connection: Connection;
  readonly access: RegistryAccess;
  /** PEM texts. */
  readonly authorities: readonly string[];
  readonly trace: Pick<TracedContent, 'isTraced'>;
}

/** Has the editor send the requests: it knows the user's proxy and certificates. */
export function clientTransport({
  connection,
  access,
  authorities,
  trace,
}: ClientTransportOptions): HttpTransport {
  return async ({ method, url, headers, body }, signal) => {
    if (trace.isTraced) return { kind: 'failed', reason: traced, isTls: false };
    const { ca, cert, key } = access.trustOf(new URL(url).host, authorities);
    const cancel = new CancellationTokenSource();
    const stop = (): void => cancel.cancel();
    signal.addEventListener('abort', stop);
    try {
      const params = {
        ...{ method, url, headers, patience, maxBodyBytes },
        ...(body !== undefined && { body }),
        ...(ca && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
      };
      const answer = await sendRequest(connection, httpRequest, params, cancel.token);
      if (answer.kind === 'failed') return failureOf(answer.code, authoritySetting);
      const bytes = Uint8Array.from(atob(answer.body), character => character.charCodeAt(0));
      return { kind: 'response', response: { status: answer.status, headers: answer.headers, body: bytes } };
    } catch {
      // Texts of errors may quote what was sent.
      return failureOf(signal.aborted ? 'ABORT_ERR' : 'ECONNRESET');
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}

/** Why nothing is sent. */
export const traced = 'the log would have your logins: set deploykf.trace.server to "messages" or "off"';

const authoritySetting = 'in the setting deploykf.verify.registryCa';
