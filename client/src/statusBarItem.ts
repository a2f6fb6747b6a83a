import { l10n, StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from 'vscode';
import type { FileStatus } from '../../server/src/protocol.ts';
import type { FirstStack } from '../../server/src/protocol/images.ts';
import { withoutIcons } from './withoutIcons.ts';

/** Says in the status bar which release a stack has, and how many images it pulls; leads to the Images view. */
export class ImagesStatusItem implements Disposable {
  #item: StatusBarItem | undefined;

  /** `status`: `undefined` where the active file is not a values file. `first`: the stack that is shown then. */
  show(status: FileStatus | undefined, first: FirstStack | undefined): void {
    const stack = status === undefined ? first : status.stacks[0];
    if (stack === undefined) {
      this.#item?.hide();
      return;
    }
    const counts = status === undefined ? first?.counts : status.counts;
    this.#item ??= createItem();
    const said = counts === undefined ? '' : ` · ${sayCounts(counts)}`;
    this.#item.text = `deployKF ${withoutIcons(stack.release)}${said}`;
    this.#item.tooltip = tooltipOf(stack.name, status !== undefined);
    this.#item.command = 'deploykf.images.focus';
    this.#item.backgroundColor = undefined;
    this.#item.show();
  }

  /** Says that there is nobody who knows; leads to a restart. */
  showDown(): void {
    this.#item ??= createItem();
    this.#item.text = `$(error) ${l10n.t('deployKF does not run')}`;
    this.#item.tooltip = l10n.t('The language server of deployKF does not run. Click to restart it');
    this.#item.command = 'deploykf.restartServer';
    this.#item.backgroundColor = new ThemeColor('statusBarItem.errorBackground');
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
  }
}

function tooltipOf(stack: string, isOfFile: boolean): string {
  if (stack !== '')
    return l10n.t(
      'Stack {0}: what its deployed components pull. Click for the Images view',
      withoutIcons(stack),
    );
  if (isOfFile)
    return l10n.t(
      'This file over the defaults: what its deployed components pull. Click for the Images view',
    );
  return l10n.t(
    'A values file over the defaults: what its deployed components pull. Click for the Images view',
  );
}

function createItem(): StatusBarItem {
  const item = window.createStatusBarItem('deploykf.images', StatusBarAlignment.Right, 100);
  item.name = l10n.t('deployKF Images');
  return item;
}

function sayCounts({ images, gone }: NonNullable<FileStatus['counts']>): string {
  const all = images === 1 ? l10n.t('1 image') : l10n.t('{0} images', images);
  return gone === 0 ? all : l10n.t('{0}, {1} gone', all, gone);
}
