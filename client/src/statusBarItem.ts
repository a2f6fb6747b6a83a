import { l10n, StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from 'vscode';
import type { FileStatus, StackCounts } from '../../server/src/protocol.ts';
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
    this.#item.tooltip = `${tooltipOf(stack.name, status !== undefined)}${known(counts?.missing)}`;
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

function sayCounts({ images, gone, missing }: StackCounts): string {
  const all = images === 1 ? l10n.t('1 image') : l10n.t('{0} images', images);
  const said = gone === 0 ? all : l10n.t('{0}, {1} gone', all, gone);
  return missing === undefined ? said : `${said}, ${sayMissing(missing)}`;
}

/** `0`: it is not known how many. */
function sayMissing(missing: number): string {
  if (missing === 0) return l10n.t('not all layers are known');
  return missing === 1 ? l10n.t('1 layer is missing') : l10n.t('{0} layers are missing', missing);
}

function known(missing: number | undefined): string {
  return missing === undefined ? '' : `\n${l10n.t('As far as is known: what is missing may say otherwise')}`;
}
