import { request, type FilePlace } from '../protocol.ts';

/** Client to server: the values that the images of a text come from, such as a reference, an event or a Pod. */
export const findImageRequest = request<FindImageParams, readonly FoundImageResult[]>('deploykf/findImage');

export interface FindImageParams {
  /** It may hold passwords, and no answer repeats it. */
  readonly text: string;
}

export interface FoundImageResult {
  /** Canonical, with the namespace and the trouble of its Pod where they are known. */
  readonly title: string;
  readonly stacks: readonly FoundInStackResult[];
}

export interface FoundInStackResult {
  /** How the stack is called. */
  readonly stack: string;
  /** Where the image comes from, and what happened to it; each a sentence without its end. */
  readonly notes: readonly string[];
  /** Empty where the stack does not have the image. */
  readonly uses: readonly ImageUseResult[];
  /** Empty where it has. */
  readonly missing: string;
}

export interface ImageUseResult {
  /** The value path, or where it is instead. */
  readonly title: string;
  /** The layer and the line of `place`, such as `prod.yaml:8`, or that an override goes there; empty where there is none. */
  readonly where: string;
  /** The verdict on the tag. */
  readonly tag: string;
  /** The rest of what there is to say, each a sentence without its end. */
  readonly notes: readonly string[];
  /** Where a layer sets it, else where an override would go. */
  readonly place?: FilePlace;
}
