import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type RequestType,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { RegistryAccess } from '../host/registry/access.ts';
import type { SecretFiles } from '../host/secretFiles.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { RequestMethod } from '../protocol.ts';
import type { ShownBeside, VerifySettings } from './editorSettings.ts';
import { describeError, type Log } from './log.ts';
import { malformedParam } from './params.ts';
import type { Manifests } from './manifests.ts';
import type { TracedContent } from './tracedContent.ts';
import type { HeldFindings } from './heldFindings.ts';
import type { VirtualChanges } from './virtualChanges.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

/** What handlers work with. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly workspace: OpenWorkspace;
  readonly diagnostics: Diagnostics;
  /** `undefined`: the client wants to hear at once what is wrong. */
  readonly held: HeldFindings | undefined;
  readonly virtual: VirtualChanges;
  readonly manifests: Manifests;
  /** What the user wants to see beside the text of a file. */
  readonly shownBeside: (uri: string) => Promise<ShownBeside>;
  readonly log: Log;
  /** `undefined` where there are none, as in a browser. */
  readonly secretFiles: SecretFiles | undefined;
  /** `undefined` where registries cannot be asked, as in a browser. */
  readonly registries: RegistryAccess | undefined;
  /** While it is, nothing that has a login may be sent. */
  readonly trace: TracedContent;
  readonly verifySettings: () => Promise<VerifySettings>;
}

/** One request that the server answers. */
export interface Handler {
  readonly method: string;
  /** What it adds to the server's capabilities; `undefined`: the client has no use for the handler. */
  readonly capabilities: (client: ClientFeatures) => ServerCapabilities | undefined;
  readonly attach: (session: Session) => void;
}

type Answer<R, E> = R | ResponseError<E>;
type Work<P, R, E> = (
  session: Session,
  params: P,
  token: CancellationToken,
) => Answer<R, E> | Promise<Answer<R, E>>;

/** The type of an LSP request, or a method of our own. */
type Method<P, R, E> = RequestMethod<P, R> | RequestType<P, R, E>;

/** A handler whose work is guarded. Without `capabilities` it is for a request of our own, which needs none. */
export function defineHandler<P, R, E>(
  { method }: Method<P, R, E>,
  work: Work<P, R, E>,
  capabilities: Handler['capabilities'] = () => ({}),
): Handler {
  return {
    method,
    capabilities,
    attach: session => {
      session.connection.onRequest(method, (params: P, token: CancellationToken) =>
        guarded(method, { session, token }, () => malformed(method, params) ?? work(session, params, token)),
      );
    },
  };
}

interface Guard {
  readonly session: { readonly workspace: Pick<OpenWorkspace, 'settled'>; readonly log: Log };
  readonly token: CancellationToken;
}

/** In milliseconds; a request that takes longer is worth a line in the log. */
const slowRequest = 250;

/**
 * Waits for files that are being read, does the work, and turns cancellation and errors into what LSP has for them. What is
 * cancelled is answered at once, whatever it waits for.
 */
export function guarded<R, E>(
  method: string,
  { session: { workspace, log }, token }: Guard,
  work: () => Answer<R, E> | Promise<Answer<R, E>>,
): Promise<Answer<R, E>> {
  const answer = async (): Promise<Answer<R, E>> => {
    await workspace.settled();
    if (isCancelled(token)) return cancelled(method);
    const start = performance.now();
    try {
      const result = await work();
      const took = performance.now() - start;
      if (took > slowRequest) log.info(`${method} took ${took.toFixed(0)} ms`);
      if (isCancelled(token)) return cancelled(method);
      return result;
    } catch (error) {
      log.error(`${method} failed: ${describeError(error)}`);
      const reason = error instanceof Error ? error.message : String(error);
      return new ResponseError(LSPErrorCodes.RequestFailed, `${method} failed: ${reason}`);
    }
  };
  // A token that is born cancelled calls nobody.
  if (isCancelled(token)) return Promise.resolve(cancelled(method));
  return new Promise((resolve, reject) => {
    token.onCancellationRequested(() => resolve(cancelled(method)));
    answer().then(resolve, reject);
  });
}

function malformed<E>(method: string, params: unknown): ResponseError<E> | undefined {
  const name = malformedParam(method, params);
  if (name === undefined) return undefined;
  return new ResponseError(ErrorCodes.InvalidParams, `${method}: "${name}" is missing or malformed`);
}

/** A call, since a property would be taken for one that cannot change during the work. */
function isCancelled(token: CancellationToken): boolean {
  return token.isCancellationRequested;
}

/** The same for notifications, which have no answer: an error is logged, once, as there may be thousands. */
export function guardedNotification<P>(
  method: string,
  log: Log,
  work: (params: P) => void,
): (params: P) => void {
  let told = '';
  return params => {
    try {
      work(params);
    } catch (error) {
      const message = `${method} failed: ${describeError(error)}`;
      if (message !== told) log.error(message);
      told = message;
    }
  };
}

/** What is given up is answered so that the client knows it, and may ask again. */
export function cancelled<E>(method: string): ResponseError<E> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled`);
}
