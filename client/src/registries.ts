import type { CancellationToken, Progress } from 'vscode';
import { l10n, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { onNotification, onRequest } from '../../server/src/protocol.ts';
import {
  httpRequest,
  verifyProgressNotification,
  type HttpParams,
  type HttpResult,
} from '../../server/src/protocol/verify.ts';

export type SendHttp = (params: HttpParams, token: CancellationToken) => Promise<HttpResult>;

type ImageProgress = Progress<{ readonly message?: string; readonly increment?: number }>;

/** Sends the server's requests to registries, only while the user waits for what they say. */
export class Registries {
  readonly #send: SendHttp | undefined;
  readonly #waiting = new Set<ImageProgress>();

  /** `undefined` where the editor cannot send them, as in a browser. */
  constructor(send: SendHttp | undefined) {
    this.#send = send;
  }

  get canAsk(): boolean {
    return this.#send !== undefined;
  }

  listen(client: BaseLanguageClient): void {
    const send = this.#send;
    if (send === undefined) return;
    onRequest(client, httpRequest, (params, token: CancellationToken): HttpResult | Promise<HttpResult> => {
      if (this.#waiting.size > 0 && workspace.isTrusted && !isTraced()) return send(params, token);
      return { kind: 'failed', code: 'ABORT_ERR' };
    });
    onNotification(client, verifyProgressNotification, ({ done, all }) => {
      const message = l10n.t('{0} of {1} images', done, all);
      for (const progress of this.#waiting) progress.report({ message });
    });
  }

  /** Lets the server ask until the work is done. */
  async during<T>(progress: ImageProgress, work: () => Promise<T>): Promise<T> {
    this.#waiting.add(progress);
    try {
      return await work();
    } finally {
      this.#waiting.delete(progress);
    }
  }
}

/** Whether the log may have what messages hold, as soon as the setting says so. */
export function isTraced(): boolean {
  const trace = workspace.getConfiguration('deploykf').get<unknown>('trace.server');
  return typeof trace !== 'string' || !/^(?:off|messages)$/i.test(trace);
}
