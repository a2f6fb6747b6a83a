/**
 * How an image of the plan is in the registry. `missing-or-denied`: many registries answer for an image that does not exist as for one
 * that the login may not read. `hole`: the tag is there, but not everything that it leads to.
 */
export type VerifyState =
  | 'there'
  | 'missing'
  | 'missing-or-denied'
  | 'different'
  | 'some-platforms'
  | 'hole'
  | 'unreachable'
  | 'unchecked';

/** What is known of an image at one place. */
export interface ImageContent {
  readonly digest: string;
  /** Such as `linux/amd64`, in the order of the index; empty where it is not known. */
  readonly platforms: readonly string[];
}

/** What was read. */
export interface FoundContent extends ImageContent {
  /** The digests of what an index leads to; empty for an image of one platform. */
  readonly manifests: readonly string[];
}

export interface VerifiedImage {
  /** What Pods pull. */
  readonly target: string;
  readonly source: string;
  readonly state: VerifyState;
  /** `undefined`: not there, or not read. */
  readonly found: FoundContent | undefined;
  /** What it was compared with: the lock, or the upstream image. `undefined`: with nothing. */
  readonly wanted: ImageContent | undefined;
  /** What is wrong, a phrase; empty when there is nothing to say. */
  readonly detail: string;
}

/** What registries were seen to have of the images of a stack. */
export interface StackVerification {
  /** The plan that they were asked about. */
  readonly planKey: string;
  /** By what Pods pull. */
  readonly images: ReadonlyMap<string, VerifiedImage>;
  /** When, as the user's clock shows it: `10:32`. */
  readonly time: string;
}

/** What one place holds under a reference. */
export type Sighting =
  | Sight
  | { readonly kind: 'missing' }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'unchecked'; readonly reason: string };

export interface Sight extends ImageContent {
  readonly kind: 'found';
  /** The manifests of an index with their platforms; of a single image itself. */
  readonly children: readonly SeenChild[];
  /** What makes the image one that no runtime takes: a digest that is not that of the content, an odd manifest. */
  readonly flaw: string | undefined;
  /** What it leads to and lacks, each a phrase. */
  readonly holes: readonly string[];
  /** What it lacks and nobody runs, each a phrase. */
  readonly notes: readonly string[];
}

export interface SeenChild {
  readonly digest: string;
  readonly platform: string | undefined;
}
