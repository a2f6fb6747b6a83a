import {
  EventEmitter,
  MarkdownString,
  workspace,
  type CancellationToken,
  type Disposable,
  type TreeDataProvider,
  type TreeItem,
} from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  explainImageRequest,
  imageComponentsRequest,
  imageStacksRequest,
  type ImageFilter,
  type ImageInStack,
  type ImageStacksResult,
} from '../../../server/src/protocol/images.ts';
import type { Server } from '../server.ts';
import { imageItem } from './imageItem.ts';
import {
  leavesOf,
  parentOf,
  refOf,
  type ComponentNode,
  type ImageNode,
  type LeafNode,
  type StackNode,
} from './imageNode.ts';

const nothing: ImageStacksResult = { stacks: [], registries: [], namespaces: [] };

/** The images of all stacks as the server has them; empty while it does not run. */
export class ImageTree implements TreeDataProvider<ImageNode>, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #found = new EventEmitter<number>();
  /** Fires with how many stacks are shown. */
  readonly onDidFind = this.#found.event;
  #filter: ImageFilter = {};
  #hasOneStack = true;

  constructor(server: Server) {
    this.#server = server;
  }

  get filter(): ImageFilter {
    return this.#filter;
  }

  set filter(filter: ImageFilter) {
    this.#filter = filter;
    this.refresh();
  }

  get isFiltered(): boolean {
    return Object.keys(this.#filter).length > 0;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getTreeItem(node: ImageNode): TreeItem {
    return imageItem(node, this.isFiltered || (node.kind === 'stack' && this.#hasOneStack));
  }

  /** What a hover says, asked for when the mouse rests on an image. */
  async resolveTreeItem(item: TreeItem, node: ImageNode, token: CancellationToken): Promise<TreeItem> {
    if (node.kind !== 'image') return item;
    const client = await this.#server.start();
    const explained = await sendRequest(client, explainImageRequest, refOf(node), token);
    const tooltip = new MarkdownString();
    tooltip.appendText(sentence(node.image.said));
    if (explained !== null) tooltip.appendMarkdown(`\n\n---\n\n${explained.markdown}`);
    item.tooltip = tooltip;
    return item;
  }

  getParent(node: ImageNode): ImageNode | undefined {
    return parentOf(node);
  }

  async getChildren(node?: ImageNode): Promise<ImageNode[]> {
    if (node === undefined) {
      const stacks = await this.#stacks();
      this.#found.fire(stacks.length);
      return stacks;
    }
    if (node.kind === 'stack') return this.#components(node);
    return node.kind === 'component' ? [...leavesOf(node)] : [];
  }

  /** What there is to filter by. */
  async choices(): Promise<ImageStacksResult> {
    // Without a folder there is nothing to look for before a file is open.
    if (!this.#server.isStarted && workspace.workspaceFolders === undefined) return nothing;
    const client = await this.#server.start();
    return sendRequest(client, imageStacksRequest, { filter: this.#filter });
  }

  /** The node, or the deepest one above it that is shown; `undefined`: the stack is not. */
  async find({ stack, component, image }: ImageInStack): Promise<ImageNode | undefined> {
    const owner = (await this.#stacks()).find(node => node.stack.id === stack);
    if (owner === undefined || component === undefined) return owner;
    const inside = (await this.#components(owner)).find(node => node.component.path === component);
    if (inside === undefined || image === undefined) return inside ?? owner;
    return leavesOf(inside).find(node => node.image.id === image) ?? inside;
  }

  /** The images at or below nodes that values can change, as far as they are shown, each once. */
  async leaves(nodes: readonly ImageNode[]): Promise<readonly LeafNode[]> {
    const leaves = new Map<string, LeafNode>();
    for (const node of nodes) {
      for (const leaf of await this.#leavesBelow(node)) {
        if (!leaf.image.isHidden) leaves.set(JSON.stringify(refOf(leaf)), leaf);
      }
    }
    return [...leaves.values()];
  }

  dispose(): void {
    this.#changed.dispose();
    this.#found.dispose();
  }

  async #stacks(): Promise<StackNode[]> {
    const { stacks } = await this.choices().catch(() => nothing);
    this.#hasOneStack = stacks.length === 1;
    return stacks.map(stack => ({ kind: 'stack', stack }));
  }

  async #components(parent: StackNode): Promise<ComponentNode[]> {
    const params = { stack: parent.stack.id, filter: this.#filter };
    const client = await this.#server.start();
    const components = await sendRequest(client, imageComponentsRequest, params).catch(() => []);
    return components.map(component => ({ kind: 'component', parent, component }));
  }

  async #leavesBelow(node: ImageNode): Promise<readonly LeafNode[]> {
    if (node.kind === 'image') return [node];
    if (node.kind === 'component') return leavesOf(node);
    return (await this.#components(node)).flatMap(leavesOf);
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
