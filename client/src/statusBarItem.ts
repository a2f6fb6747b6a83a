import { l10n, StatusBarAlignment, window, type Disposable, type StatusBarItem } from 'vscode';
import type { FileStatus } from '../../server/src/protocol.ts';
import { withoutIcons } from './withoutIcons.ts';

/** Says in the status bar which release the active file is for, and how many images it pulls; leads to the Images view. */
export class ImagesStatusItem implements Disposable {
  #item: StatusBarItem | undefined;

  /** `undefined`: the active file is not a values file. */
  show(status: FileStatus | undefined): void {
    const [stack] = status?.stacks ?? [];
    if (status === undefined || stack === undefined) {
      this.#item?.hide();
      return;
    }
    this.#item ??= createItem();
    const counts = status.counts === undefined ? '' : ` · ${sayCounts(status.counts)}`;
    this.#item.text = `deployKF ${withoutIcons(stack.release)}${counts}`;
    this.#item.tooltip =
      stack.name === ''
        ? l10n.t('This file over the defaults: what its deployed components pull. Click for the Images view')
        : l10n.t(
            'Stack {0}: what its deployed components pull. Click for the Images view',
            withoutIcons(stack.name),
          );
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
  }
}

function createItem(): StatusBarItem {
  const item = window.createStatusBarItem('deploykf.images', StatusBarAlignment.Right, 100);
  item.name = l10n.t('deployKF Images');
  item.command = 'deploykf.images.focus';
  return item;
}

function sayCounts({ images, gone }: NonNullable<FileStatus['counts']>): string {
  const all = images === 1 ? l10n.t('1 image') : l10n.t('{0} images', images);
  return gone === 0 ? all : l10n.t('{0}, {1} gone', all, gone);
}
