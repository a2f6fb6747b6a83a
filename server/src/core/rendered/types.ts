import type { Path } from '../yaml/nodes.ts';

/**
 * Where an image was found. `container`: a container or an image volume of a Pod template, in any kind of object. `key`: a key
 * such as `driverImage`. `choice`: one that users may choose. `env`, `arg`: what a container passes on. `text`: a line of a text
 * that cannot be parsed. `istio-auto`: Istio puts its proxy in. `running`: the status of a Pod.
 */
export type ImageHow = 'container' | 'key' | 'choice' | 'env' | 'arg' | 'text' | 'istio-auto' | 'running';

/** One place of a manifest that names an image. */
export interface RenderedImage {
  /** As in the text. */
  readonly written: string;
  /** Canonical; `undefined`: Istio puts in what the input does not name. */
  readonly image: string | undefined;
  readonly object: ObjectName;
  /** The field of the object, such as `spec.template.spec.containers[0].image`. */
  readonly path: Path;
  /** The fields within texts of the object, from the outermost text to the innermost. */
  readonly inner: readonly Path[];
  /** Only for `text`: the 1-based line of the innermost text. */
  readonly line?: number;
  readonly how: ImageHow;
  /** Only for `running`. */
  readonly running?: RunningImage;
}

/** What the status of a Pod says of an image. */
export interface RunningImage {
  /** Of what was pulled; `undefined`: it was not, or the runtime does not say. */
  readonly digest: string | undefined;
  /** Why it is not pulled, such as `ImagePullBackOff`; `undefined`: it is. */
  readonly trouble: string | undefined;
}

/** Which object of Kubernetes; empty texts where the manifest does not say. */
export interface ObjectName {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}
