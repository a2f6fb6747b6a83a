import type { Connection } from 'vscode-languageserver';
import { imageText } from '../core/features/explainImage.ts';
import { reportText } from '../core/report/reportDocuments.ts';
import { virtualText } from '../core/workspace/virtualDocuments.ts';
import { sendNotification, virtualTextChangedNotification } from '../protocol.ts';
import { describeError, type Log } from './log.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

interface VirtualChangesOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly log: Log;
}

/** More documents are hardly open at a time, and clients need not say when one is closed. */
const maxShown = 20;

/** In milliseconds; a whole merge is too much for each keystroke. */
const wait = 300;

/** Tells the client when documents that it asked for have another text. */
export class VirtualChanges {
  readonly #options: VirtualChangesOptions;
  readonly #shown = new Map<string, string | undefined>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: VirtualChangesOptions) {
    this.#options = options;
    options.workspace.onDidChange(() => {
      if (this.#shown.size > 0) this.#timer ??= setTimeout(() => this.#compare(), wait);
    });
  }

  /** The text of a document, which is looked after from now on. */
  show(uri: string): string | undefined {
    const text = textOf(this.#options.workspace, uri);
    this.#shown.delete(uri);
    this.#shown.set(uri, text);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > maxShown && oldest !== undefined) this.#shown.delete(oldest);
    return text;
  }

  /** To be called when a client does not show a document any more. */
  forget(uri: string): void {
    this.#shown.delete(uri);
  }

  #compare(): void {
    const { connection, workspace, log } = this.#options;
    this.#timer = undefined;
    for (const [uri, before] of this.#shown) {
      const text = textOf(workspace, uri);
      if (text === before) continue;
      this.#shown.set(uri, text);
      sendNotification(connection, virtualTextChangedNotification, { uri }).catch((error: unknown) =>
        log.warn(`A change of "${uri}" was not reported: ${describeError(error)}`),
      );
    }
  }
}

function textOf({ snapshot }: OpenWorkspace, uri: string): string | undefined {
  return virtualText(snapshot, uri) ?? reportText(snapshot, uri) ?? imageText(snapshot, uri);
}
