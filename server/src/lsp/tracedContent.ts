import { SetTraceNotification, type Connection, type InitializeParams } from 'vscode-languageserver';

/** Whether the client logs what messages hold: it tells at the beginning, and when that changes. */
export class TracedContent {
  #isTraced: boolean;

  constructor(connection: Connection, { trace }: Pick<InitializeParams, 'trace'>) {
    this.#isTraced = showsContent(trace);
    connection.onNotification(SetTraceNotification.type, ({ value }) => {
      this.#isTraced = showsContent(value);
    });
  }

  get isTraced(): boolean {
    return this.#isTraced;
  }
}

/** `off` and `messages` do not; what else there may be is not known to be harmless. */
function showsContent(trace: string | undefined): boolean {
  return trace !== undefined && !/^(?:off|messages)$/i.test(trace);
}
