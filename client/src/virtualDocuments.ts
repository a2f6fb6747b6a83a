import { EventEmitter, Uri, workspace, type CancellationToken, type Disposable, type Event } from 'vscode';
import type { TextDocumentContentProvider } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  onNotification,
  sendRequest,
  virtualScheme,
  sendNotification,
  virtualTextChangedNotification,
  virtualTextClosedNotification,
  virtualTextRequest,
} from '../../server/src/protocol.ts';
import type { Server } from './server.ts';

/** Read-only documents that the server makes: pages of rules, defaults of releases, effective values and plans of stacks. */
export class VirtualDocuments implements TextDocumentContentProvider, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(virtualScheme, this);
  readonly #closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === virtualScheme) void this.#tellClosed(uri);
  });

  constructor(server: Server) {
    this.#server = server;
  }

  get onDidChange(): Event<Uri> {
    return this.#changed.event;
  }

  listen(client: BaseLanguageClient): void {
    onNotification(client, virtualTextChangedNotification, ({ uri }) => {
      const shown = workspace.textDocuments.find(document => document.uri.toString(true) === uri);
      this.#changed.fire(shown?.uri ?? Uri.parse(uri));
    });
  }

  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string | null> {
    const client = await this.#server.start();
    return sendRequest(client, virtualTextRequest, { uri: uri.toString(true) }, token);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#closing.dispose();
    this.#changed.dispose();
  }

  async #tellClosed(uri: Uri): Promise<void> {
    const client = await this.#server.start();
    await sendNotification(client, virtualTextClosedNotification, { uri: uri.toString(true) });
  }
}
