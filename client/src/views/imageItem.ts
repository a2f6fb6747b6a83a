import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ImageViewState } from '../../../server/src/protocol/images.ts';
import { refOf, type ComponentNode, type ImageNode, type LeafNode, type StackNode } from './imageNode.ts';

const icons: Readonly<Record<ImageViewState, readonly [icon: string, color?: string]>> = {
  off: ['circle-slash', 'disabledForeground'],
  gone: ['error', 'list.errorForeground'],
  missing: ['cloud', 'list.errorForeground'],
  invalid: ['bracket-error', 'list.errorForeground'],
  unmapped: ['globe', 'list.warningForeground'],
  ending: ['warning', 'list.warningForeground'],
  hidden: ['eye-closed', 'charts.purple'],
  unknown: ['question', 'descriptionForeground'],
  unpinned: ['pin', 'charts.blue'],
  there: ['pass-filled', 'charts.green'],
  private: ['lock', 'charts.green'],
  accepted: ['globe', 'descriptionForeground'],
  public: ['globe'],
};

/** How a node is shown. `isOpen`: what is below it is shown from the start. */
export function imageItem(node: ImageNode, isOpen: boolean): TreeItem {
  const item = itemOf(node);
  // VS Code keeps what is open by the id: what opens by itself is another item.
  const { stack, component = '', image = '' } = refOf(node);
  item.id = [isOpen ? 'open' : 'closed', stack, component, image].join('\n');
  if (node.kind === 'image') return item;
  item.collapsibleState = isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  return item;
}

function itemOf(node: ImageNode): TreeItem {
  switch (node.kind) {
    case 'stack':
      return stackItem(node);
    case 'component':
      return componentItem(node);
    case 'image':
      return leafItem(node);
  }
}

function stackItem({ stack: { label, summary, hasPolicy } }: StackNode): TreeItem {
  const item = new TreeItem(label);
  item.description = summary;
  item.tooltip = l10n.t('{0}: deployKF {1}', label, summary);
  item.iconPath = new ThemeIcon('layers');
  item.contextValue = hasPolicy ? 'stack' : 'stackWithoutPolicy';
  item.accessibilityInformation = { label: l10n.t('Stack {0}, deployKF {1}', label, summary) };
  return item;
}

function componentItem({ component: { title, path, summary, isDeployed } }: ComponentNode): TreeItem {
  const item = new TreeItem(title);
  item.description = summary;
  item.tooltip = `${path}: ${summary}`;
  item.iconPath = new ThemeIcon('package', isDeployed ? undefined : new ThemeColor('disabledForeground'));
  item.contextValue = 'component';
  item.accessibilityInformation = { label: l10n.t('Component {0}, {1}', title, summary) };
  return item;
}

function leafItem(node: LeafNode): TreeItem {
  const { label, reference, state, said, isHidden } = node.image;
  const item = new TreeItem(label);
  item.description = reference;
  const [icon, color] = icons[state];
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  item.contextValue = isHidden ? 'hiddenImage' : 'image';
  item.accessibilityInformation = { label: `${label}, ${reference}, ${said}` };
  item.command = { title: l10n.t('Go to the Value'), command: 'deploykf.goToImage', arguments: [node] };
  return item;
}
