import type { Span } from '../text/span.ts';
import type { Layer } from './layer.ts';
import type { ReleaseGuess } from './releaseGuess.ts';

/** One deployment: a release and its layers. */
export interface Stack {
  /** Unique in a workspace and stable while its definition stays. */
  readonly id: string;
  /** How findings and the status item name it. */
  readonly name: string;
  /** How it was found. `alone`: one values file over the defaults. `given`: from the command line. */
  readonly kind: 'standalone' | 'project' | 'application' | 'command' | 'given';
  /** As written, or what stands for it when a fork's generator is used, such as `fork ./generator`. */
  readonly release: string;
  /** The name of its catalog in `CatalogSource`. */
  readonly catalog: string;
  /** The user's layers, from the weakest to the strongest; the defaults are not among them. */
  readonly layers: readonly Layer[];
  /** What the release was concluded from, where none is named. */
  readonly guess?: ReleaseGuess;
  /** What says so, for `script`. */
  readonly guessedBy?: string;
  /** Where its generator is, as written or as found; `undefined` for a release. */
  readonly generator?: string;
  /**
   * Layers that are not to be had, from the weakest to the strongest: nothing is to be concluded from what they might say. `undefined`: all
   * are here.
   */
  readonly missing?: readonly MissingLayer[];
  /** Folders are still being read, so that its layers and its release may be others. */
  readonly isProvisional?: boolean;
  /** Where the stack is defined; `undefined` for kinds `alone` and `given`. */
  readonly definedAt?: { readonly uri: string; readonly span: Span };
}

/** A layer of a stack that is not to be had: what it sets is not known. */
export interface MissingLayer {
  /** As people write it; `undefined`: it is not even known whether there is one. */
  readonly label: string | undefined;
  /** How many of the layers that are here are weaker. */
  readonly weaker: number;
}
