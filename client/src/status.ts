import { withoutIcons } from './withoutIcons.ts';
import { ImagesStatusItem } from './statusBarItem.ts';
import {
  EventEmitter,
  commands,
  l10n,
  languages,
  window,
  type Disposable,
  type LanguageStatusItem,
  type Event,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { fileStatusNotification, onNotification, type FileStatus } from '../../server/src/protocol.ts';
import type { FirstStack } from '../../server/src/protocol/images.ts';
import { templatePattern } from './templatePattern.ts';

/** While they are true, the commands for values files, and those that need a registry policy, are offered. */
const contextKeys = { isValues: 'deploykf.isValues', hasPolicy: 'deploykf.hasPolicy' } as const;

/** Shows what the active file is: in the language status, and in the context key of the commands. */
export class FileStatusView implements Disposable {
  readonly #known = new Map<string, FileStatus>();
  readonly #listener = window.onDidChangeActiveTextEditor(() => this.#show());
  readonly #images = new ImagesStatusItem();
  readonly #changed = new EventEmitter<void>();
  #item: LanguageStatusItem | undefined;
  readonly #context = new Map<string, boolean>();
  #first: FirstStack | undefined;
  #isServerDown = false;

  listen(client: BaseLanguageClient): void {
    onNotification(client, fileStatusNotification, status => {
      this.#known.set(status.uri, status);
      this.#show();
      this.#changed.fire();
    });
    client.onDidChangeState(() => {
      if (client.isRunning()) return;
      // What it said may be otherwise when it is back.
      this.#known.clear();
      this.#show();
    });
  }

  /** While it is, that is all there is to say. */
  set isServerDown(isDown: boolean) {
    this.#isServerDown = isDown;
    this.#show();
  }

  /** Takes the stack that is shown where no values file is active; `undefined`: there is none. */
  showFirst(first: FirstStack | undefined): void {
    this.#first = first;
    this.#show();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#item?.dispose();
    this.#images.dispose();
    this.#changed.dispose();
  }

  /** Fires when a file is another than before. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** What the active file is; `undefined` when it is not ours, or not known yet. */
  get active(): FileStatus | undefined {
    const uri = window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : this.#known.get(uri);
    return status?.isValues === true ? status : undefined;
  }

  #show(): void {
    const status = this.active;
    const isValues = status !== undefined;
    this.#setContext(contextKeys.isValues, isValues);
    this.#setContext(contextKeys.hasPolicy, status?.hasPolicy === true);
    if (this.#isServerDown) this.#images.showDown();
    else this.#images.show(status, this.#first);
    if (status === undefined) this.#hide();
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

  #showItem({ stacks, hasPolicy, lacksPolicy }: FileStatus): void {
    this.#item ??= languages.createLanguageStatusItem('deploykf.file', [
      { language: 'yaml' },
      { pattern: templatePattern },
    ]);
    const [first, ...others] = stacks;
    this.#item.name = 'deployKF Values';
    this.#item.text = `deployKF ${withoutIcons(first?.release ?? '')}`;
    const name =
      first === undefined || first.name === ''
        ? l10n.t('over the defaults')
        : l10n.t('stack {0}', first.name);
    const place = others.length === 0 ? name : l10n.t('{0}, first of {1}', name, stacks.length);
    const details = [place];
    if (first?.guess !== undefined) details.push(l10n.t('taken for it: {0}', first.guess));
    if (lacksPolicy)
      details.push(l10n.t('no registry policy, so that it is not known which images are private'));
    this.#item.detail = details.join('; ');
    const choose = { title: l10n.t('Choose the Stack…'), command: 'deploykf.chooseStack' };
    const rewrite = {
      title: l10n.t('Rewrite to a Private Registry…'),
      command: 'deploykf.rewriteToRegistry',
    };
    const create = { title: l10n.t('Create Project File…'), command: 'deploykf.createProjectFile' };
    if (others.length > 0) this.#item.command = choose;
    else if (lacksPolicy) this.#item.command = create;
    else this.#item.command = hasPolicy ? undefined : rewrite;
  }
}
