import type {
  ImageComponent,
  ImageInStack,
  ImageInView,
  ImageStack,
} from '../../../server/src/protocol/images.ts';

/** What the Images view shows: stacks, their components, and the images of these. */
export type ImageNode = StackNode | ComponentNode | LeafNode;

export interface StackNode {
  readonly kind: 'stack';
  readonly stack: ImageStack;
}

export interface ComponentNode {
  readonly kind: 'component';
  readonly parent: StackNode;
  readonly component: ImageComponent;
}

export interface LeafNode {
  readonly kind: 'image';
  readonly parent: ComponentNode;
  readonly image: ImageInView;
}

/** How the server knows it. */
export function refOf(node: ImageNode): ImageInStack {
  if (node.kind === 'stack') return { stack: node.stack.id };
  if (node.kind === 'component') return { ...refOf(node.parent), component: node.component.path };
  return { ...refOf(node.parent), image: node.image.id };
}

export function stackOf(node: ImageNode): ImageStack {
  return node.kind === 'stack' ? node.stack : stackOf(node.parent);
}

export function parentOf(node: ImageNode): ImageNode | undefined {
  return node.kind === 'stack' ? undefined : node.parent;
}

export function leavesOf(node: ComponentNode): readonly LeafNode[] {
  return node.component.images.map(image => ({ kind: 'image', parent: node, image }));
}
