import {
  ErrorCodes,
  Message,
  type DataCallback,
  type Disposable,
  type MessageReader,
  type MessageWriter,
  type NotificationMessage,
  type RequestMessage,
} from 'vscode-languageserver';
import { isObject } from './params.ts';

type State = 'new' | 'initialized' | 'shutDown';

interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** In milliseconds: by then `initialize` is answered. A client that says something else has its answer before. */
const afterAnswer = 200;

/**
 * Reads messages and lets through what the protocol allows at the time; the library does not look. Requests at the wrong
 * time, and what is not a message at all, are answered with an error. Notifications at the wrong time are dropped.
 */
export class Gate implements MessageReader {
  readonly #reader: MessageReader;
  readonly #writer: Pick<MessageWriter, 'write'>;
  readonly #onClient: (processId: number | undefined) => void;
  #state: State = 'new';
  #tellClient: (() => void) | undefined;

  /**
   * `onClient` is called soon after `initialize`, when the client has its answer and does not wait for what this does. It is
   * given the process id that the client named, if that can be one.
   */
  constructor(
    reader: MessageReader,
    writer: Pick<MessageWriter, 'write'>,
    onClient: (processId: number | undefined) => void = () => undefined,
  ) {
    this.#reader = reader;
    this.#writer = writer;
    this.#onClient = onClient;
    reader.onError(error => this.#answer(null, { code: ErrorCodes.ParseError, message: error.message }));
  }

  get isShutDown(): boolean {
    return this.#state === 'shutDown';
  }

  get onError(): MessageReader['onError'] {
    return this.#reader.onError;
  }

  get onClose(): MessageReader['onClose'] {
    return this.#reader.onClose;
  }

  get onPartialMessage(): MessageReader['onPartialMessage'] {
    return this.#reader.onPartialMessage;
  }

  listen(callback: DataCallback): Disposable {
    return this.#reader.listen(message => {
      this.#tellClient?.();
      const passed = this.#pass(message);
      if (passed !== undefined) callback(passed);
    });
  }

  dispose(): void {
    this.#reader.dispose();
  }

  /** The message as the library is to see it; `undefined`: it is dropped, and answered where there is somebody to answer. */
  #pass(message: unknown): Message | undefined {
    if (!isObject(message)) return this.#refuseMessage(message);
    // Answers of the client; those that are broken make the library give up waiting for them.
    if (message['method'] === undefined && isId(message['id'])) return message as unknown as Message;
    const wellFormed = message as unknown as Message;
    if (Message.isRequest(wellFormed)) return this.#passRequest(wellFormed);
    if (Message.isNotification(wellFormed)) return this.#passNotification(wellFormed);
    return this.#refuseMessage(message);
  }

  #passRequest(request: RequestMessage): Message | undefined {
    const params = isObject(request.params) ? request.params : {};
    const refusal = this.#refusalOf(request.method, params);
    if (refusal !== undefined) return this.#answer(request.id, refusal);
    if (request.method === 'shutdown') this.#state = 'shutDown';
    if (request.method !== 'initialize') return { ...request, params } as Message;
    this.#state = 'initialized';
    const { processId } = params;
    this.#tellClient = () => {
      this.#tellClient = undefined;
      clearTimeout(timer);
      this.#onClient(isProcessId(processId) ? processId : undefined);
    };
    const timer = setTimeout(this.#tellClient, afterAnswer);
    // The library's own watch ends the server when it may not ask about a process.
    return { ...request, params: { ...params, processId: null } } as Message;
  }

  #refusalOf(method: string, params: Readonly<Record<string, unknown>>): Refusal | undefined {
    if (this.#state === 'shutDown')
      return { code: ErrorCodes.InvalidRequest, message: 'The server was shut down' };
    const isInitialize = method === 'initialize';
    if (this.#state === 'initialized' && isInitialize)
      return { code: ErrorCodes.InvalidRequest, message: 'The server is already initialized' };
    if (this.#state === 'new' && !isInitialize)
      return { code: ErrorCodes.ServerNotInitialized, message: `${method} came before initialize` };
    if (isInitialize && !isObject(params['capabilities']))
      return { code: ErrorCodes.InvalidParams, message: 'initialize: "capabilities" is missing' };
    return undefined;
  }

  #passNotification(notification: NotificationMessage): Message | undefined {
    const { method } = notification;
    if (this.#state !== 'initialized' && method !== 'exit') return undefined;
    const params: Readonly<Record<string, unknown>> = isObject(notification.params)
      ? notification.params
      : {};
    // The library reads the id without looking.
    if (method === '$/cancelRequest' && !isId(params['id'])) return undefined;
    return { ...notification, params } as Message;
  }

  #refuseMessage(message: unknown): undefined {
    const id = isObject(message) && isId(message['id']) ? message['id'] : null;
    const problem = Array.isArray(message) ? 'Batches are not supported' : 'This is not a JSON-RPC message';
    return this.#answer(id, { code: ErrorCodes.InvalidRequest, message: problem });
  }

  #answer(id: number | string | null, error: Refusal): undefined {
    const answer = { jsonrpc: '2.0', id, error } as Message;
    // A client that is gone hears nothing; whoever watches the connection ends the server.
    this.#writer.write(answer).catch(() => undefined);
  }
}

function isId(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function isProcessId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31;
}
