import { commands, Disposable, l10n, window, Uri, type TreeView } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { onNotification } from '../../../server/src/protocol.ts';
import {
  imagesChangedNotification,
  type FirstStack,
  type ImageFilter,
  type ImageInStack,
} from '../../../server/src/protocol/images.ts';
import type { Server } from '../server.ts';
import type { ImageNode } from './imageNode.ts';
import { ImageTree } from './imageTree.ts';

/** Whether there are values files, which files these are by their path, whether the view is filtered, and so that nothing is left, and whether the server is down: for menus and welcome texts. */
const contextKeys = {
  values: 'deploykf.values',
  files: 'deploykf.valuesFiles',
  isFiltered: 'deploykf.imagesAreFiltered',
  isServerDown: 'deploykf.serverIsDown',
  matchesNone: 'deploykf.imagesMatchNone',
} as const;

/** The Images view. It asks the server again only while somebody can see it. */
export class ImagesView implements Disposable {
  readonly tree: ImageTree;
  readonly #view: TreeView<ImageNode>;
  readonly #listener: Disposable;
  readonly #onFirst: (first: FirstStack | undefined) => void;
  #isStale = false;
  #matchesNone = false;

  /** `onFirst` gets the stack that comes first: a client has one listener for each notification. */
  constructor(server: Server, onFirst: (first: FirstStack | undefined) => void) {
    this.#onFirst = onFirst;
    this.tree = new ImageTree(server);
    this.#view = window.createTreeView('deploykf.images', {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#listener = Disposable.from(
      this.#view.onDidChangeVisibility(() => {
        if (this.#isStale) this.#refresh();
      }),
      this.tree.onDidFind(stacks => {
        this.#matchesNone = this.tree.isFiltered && stacks === 0;
        this.#showFilter();
        void commands.executeCommand('setContext', contextKeys.matchesNone, this.#matchesNone);
      }),
    );
  }

  listen(client: BaseLanguageClient): void {
    onNotification(client, imagesChangedNotification, ({ problems, files, first }) => {
      this.#showProblems(problems);
      this.#onFirst(first);
      if (files !== undefined) setFiles(files);
      this.#refresh();
    });
    client.onDidChangeState(() => {
      if (client.isRunning()) return;
      this.#showProblems(0);
      this.#onFirst(undefined);
      this.#refresh();
    });
  }

  set isServerDown(isDown: boolean) {
    void commands.executeCommand('setContext', contextKeys.isServerDown, isDown);
    this.#refresh();
  }

  get selection(): readonly ImageNode[] {
    return this.#view.selection;
  }

  get filter(): ImageFilter {
    return this.tree.filter;
  }

  set filter(filter: ImageFilter) {
    this.tree.filter = filter;
    const { isFiltered } = this.tree;
    this.#showFilter();
    void commands.executeCommand('setContext', contextKeys.isFiltered, isFiltered);
  }

  /** Shows what is at a place; a filter that hides it is taken away. `false`: it is not in the view. */
  async reveal(ref: ImageInStack): Promise<boolean> {
    const isShown = (node: ImageNode | undefined): boolean =>
      node?.kind === 'image' || (node !== undefined && ref.image === undefined);
    // A view that becomes visible is asked for anew, which would forget what is to be revealed.
    if (!this.#view.visible) await commands.executeCommand('deploykf.images.focus');
    let node = await this.tree.find(ref);
    if (!isShown(node) && this.tree.isFiltered) {
      this.filter = {};
      node = await this.tree.find(ref);
    }
    if (node === undefined) return false;
    await this.#view.reveal(node, { select: true, focus: true, expand: true });
    return true;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#view.dispose();
    this.tree.dispose();
  }

  /** Where nothing is left, the welcome text says so, which VS Code leaves out beside a message. */
  #showFilter(): void {
    const isSaid = this.tree.isFiltered && !this.#matchesNone;
    this.#view.message = isSaid ? l10n.t('Filtered: {0}', sayFilter(this.tree.filter)) : '';
  }

  #refresh(): void {
    this.#isStale = !this.#view.visible;
    if (!this.#isStale) this.tree.refresh();
  }

  #showProblems(value: number): void {
    const tooltip =
      value === 1 ? l10n.t('1 image has a problem') : l10n.t('{0} images have a problem', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}

/** By both forms of the path: in a window on another machine the menus know a file by the form that is not its own. */
function setFiles(files: readonly string[]): void {
  const uris = files.map(file => Uri.parse(file));
  const paths = [...new Set(uris.flatMap(uri => [uri.path, uri.fsPath]))];
  void commands.executeCommand('setContext', contextKeys.files, paths);
  void commands.executeCommand('setContext', contextKeys.values, files.length === 0 ? 'none' : 'some');
}

function sayFilter({ onlyProblems = false, registry, namespace, text }: ImageFilter): string {
  const parts: string[] = [];
  if (onlyProblems) parts.push(l10n.t('only problems'));
  if (registry !== undefined) parts.push(l10n.t('registry {0}', registry));
  if (namespace !== undefined) parts.push(l10n.t('namespace {0}', namespace));
  if (text !== undefined) parts.push(`“${text}”`);
  return parts.join(', ');
}
