import {
  notification,
  request,
  type FilePlace,
  type RewriteResult,
  type StackCounts,
  type TextRange,
} from '../protocol.ts';

/** What of the Images view is wanted; what is left out does not matter. */
export interface ImageFilter {
  readonly onlyProblems?: boolean;
  readonly registry?: string;
  readonly namespace?: string;
  /** A part of a name, a path or a reference, in upper or lower case. */
  readonly text?: string;
}

/** Client to server: the stacks that have images of that kind. */
export const imageStacksRequest = request<ImageStacksParams, ImageStacksResult>('deploykf/imageStacks');

export interface ImageStacksParams {
  readonly filter: ImageFilter;
}

export interface ImageStacksResult {
  readonly stacks: readonly ImageStack[];
  /** What there is to filter by, whatever the filter is. */
  readonly registries: readonly string[];
  readonly namespaces: readonly string[];
}

export interface ImageStack {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** The file that changes belong in; `undefined`: it has none. */
  readonly file?: string;
  readonly hasPolicy: boolean;
}

/** Client to server: the components of a stack with their images; empty when the stack is gone. */
export const imageComponentsRequest = request<ImageComponentsParams, readonly ImageComponent[]>(
  'deploykf/imageComponents',
);

export interface ImageComponentsParams extends ImageStacksParams {
  readonly stack: string;
}

export interface ImageComponent {
  /** The value path. */
  readonly path: string;
  readonly title: string;
  readonly isDeployed: boolean;
  readonly summary: string;
  readonly images: readonly ImageInView[];
}

export interface ImageInView {
  /** Unique in its component. */
  readonly id: string;
  readonly label: string;
  /** What is pulled. */
  readonly reference: string;
  /** What matters most about it. */
  readonly state: ImageViewState;
  readonly isProblem: boolean;
  /** All that matters about it, in words. */
  readonly said: string;
  /** No value can change it. */
  readonly isHidden: boolean;
}

/**
 * `off`: it is not deployed. `missing`: a registry was asked, and does not have it as wanted; `there`: it has. `unmapped`: public,
 * although the registry policy maps it.
 */
export type ImageViewState =
  | 'off'
  | 'gone'
  | 'missing'
  | 'invalid'
  | 'unmapped'
  | 'ending'
  | 'hidden'
  | 'unknown'
  | 'unpinned'
  | 'there'
  | 'private'
  | 'accepted'
  | 'public';

/** A stack, one of its components, or an image of that, in the Images view. */
export interface ImageInStack {
  readonly stack: string;
  readonly component?: string;
  readonly image?: string;
}

/** Client to server: where an image is set, or where an override of it would go; `null`: nowhere. */
export const imagePlaceRequest = request<ImageInStack, FilePlace | null>('deploykf/imagePlace');

/** Client to server: what of the view is at a place in a file; `null`: the file is not a part of a stack. */
export const imageAtRequest = request<ImageAtParams, ImageInStack | null>('deploykf/imageAt');

export interface ImageAtParams {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Client to server: what is known of an image; `null`: it is gone. */
export const explainImageRequest = request<ImageInStack, ImageExplanation | null>('deploykf/explainImage');

export interface ImageExplanation {
  readonly markdown: string;
  /** The virtual document with the same, which follows the files. */
  readonly document: string;
}

/** Client to server: changes several images at once; the edit comes back through `workspace/applyEdit`. */
export const changeImagesRequest = request<ChangeImagesParams, RewriteResult>('deploykf/changeImages');

export interface ChangeImagesParams {
  readonly what: 'rewrite' | 'pin';
  readonly images: readonly ImageInStack[];
}

/** Server to client, a notification: the Images view may have changed. */
export const imagesChangedNotification = notification<ImagesChanged>('deploykf/imagesChanged');

export interface ImagesChanged {
  /** How many images of all stacks have something to do about. */
  readonly problems: number;
  /** The files that stacks have as layers; `undefined`: those of the last time. */
  readonly files?: readonly string[];
  /** The stack that comes first, for a status without a file; `undefined`: there is none, or its release is not known. */
  readonly first?: FirstStack;
}

export interface FirstStack {
  /** A stack of one file over the defaults has the name ''. */
  readonly name: string;
  readonly release: string;
  readonly counts: StackCounts;
}

/** Client to server: what a pasted text becomes where an image value has its repository; `null`: what it is. */
export const pasteImageRequest = request<PasteImageParams, PasteImageResult | null>('deploykf/pasteImage');

export interface PasteImageParams {
  readonly uri: string;
  /** What the paste replaces. */
  readonly range: TextRange;
  readonly text: string;
}

export interface PasteImageResult {
  /** In place of the pasted text; lines after the first have the indentation of the line that it is in. */
  readonly text: string;
  /** What else changes in the file. */
  readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
  /** In words, such as `docker.io/istio/proxyv2 and tag 1.18.0`. */
  readonly said: string;
}
