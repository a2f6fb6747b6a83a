import { l10n, MarkdownString, window, workspace, type Disposable, type TextEditor } from 'vscode';
import { sendRequest } from '../../server/src/protocol.ts';
import { overriddenRequest, type OverriddenValue } from '../../server/src/protocol/effective.ts';
import { rangeOf } from './rangeOf.ts';
import type { Server } from './server.ts';
import type { FileStatusView } from './status.ts';

/** In milliseconds; which layer wins is too much for each keystroke. */
const wait = 400;

/** Dims the values that stronger layers override, and says which, in the editors that are seen. */
export class OverriddenValues implements Disposable {
  readonly #server: Server;
  readonly #decoration = window.createTextEditorDecorationType({ opacity: '0.6' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #disposables: readonly { readonly dispose: () => unknown }[];

  constructor(server: Server, status: FileStatusView) {
    this.#server = server;
    this.#disposables = [
      this.#decoration,
      status.onDidChange(() => this.#showSoon()),
      window.onDidChangeVisibleTextEditors(() => this.#showSoon()),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'yaml') this.#showSoon();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #showSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(), wait);
  }

  async #show(): Promise<void> {
    if (!this.#server.isStarted) return;
    const editors = window.visibleTextEditors.filter(({ document }) => document.languageId === 'yaml');
    await Promise.all(editors.map(editor => this.#showIn(editor)));
  }

  async #showIn(editor: TextEditor): Promise<void> {
    const { document } = editor;
    const { version } = document;
    const values = await this.#ask(document.uri.toString());
    // Another text has another request on its way.
    if (values === undefined || document.version !== version) return;
    editor.setDecorations(
      this.#decoration,
      values.map(value => ({
        range: rangeOf(value),
        // A text would be read as Markdown, which names of files are not.
        hoverMessage: new MarkdownString().appendText(l10n.t('Overridden by {0}', value.by.join(', '))),
      })),
    );
  }

  /** `undefined`: the server is gone. */
  async #ask(uri: string): Promise<readonly OverriddenValue[] | undefined> {
    try {
      return await sendRequest(await this.#server.start(), overriddenRequest, { uri });
    } catch {
      return undefined;
    }
  }
}
