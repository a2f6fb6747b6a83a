import { commands, languages, window, type Disposable, type LanguageStatusItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { fileStatusNotification, type FileStatus } from '../../server/src/protocol.ts';

/** While they are true, the commands for values files, and those that need a registry policy, are offered. */
const contextKeys = { isValues: 'deploykf.isValues', hasPolicy: 'deploykf.hasPolicy' } as const;

/** Shows what the active file is: in the language status, and in the context key of the commands. */
export class FileStatusView implements Disposable {
  readonly #known = new Map<string, FileStatus>();
  readonly #listener = window.onDidChangeActiveTextEditor(() => this.#show());
  #item: LanguageStatusItem | undefined;
  readonly #context = new Map<string, boolean>();

  listen(client: BaseLanguageClient): void {
    client.onNotification(fileStatusNotification, (status: FileStatus) => {
      this.#known.set(status.uri, status);
      this.#show();
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#item?.dispose();
  }

  #show(): void {
    const uri = window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : this.#known.get(uri);
    const isValues = status?.isValues === true;
    this.#setContext(contextKeys.isValues, isValues);
    this.#setContext(contextKeys.hasPolicy, status?.hasPolicy === true);
    if (status === undefined || !isValues) this.#hide();
    else this.#showItem(status);
  }

  #setContext(key: string, value: boolean): void {
    if (this.#context.get(key) === value) return;
    this.#context.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }

  #hide(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }

  #showItem({ stacks, hasPolicy }: FileStatus): void {
    this.#item ??= languages.createLanguageStatusItem('deploykf.file', { language: 'yaml' });
    const releases = [...new Set(stacks.map(stack => stack.release))];
    const names = stacks.flatMap(stack => (stack.name === '' ? [] : [stack.name]));
    this.#item.name = 'deployKF Values';
    this.#item.text = `deployKF ${releases.join(', ')}`;
    this.#item.detail = names.length === 0 ? 'over the defaults' : `stack ${names.join(', ')}`;
    const rewrite = { title: 'Rewrite to a Private Registry…', command: 'deploykf.rewriteToRegistry' };
    this.#item.command = hasPolicy ? undefined : rewrite;
  }
}
