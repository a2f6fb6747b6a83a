import {
  compareManifest,
  mayBeManifest,
  readManifestImages,
  type ManifestImage,
  type ManifestReport,
  type Pieces,
} from '../core/features/manifestImages.ts';
import type { ValuesFile } from '../core/stack/valuesFile.ts';
import { projectFileName } from '../core/workspace/settings.ts';
import { longestPiece, pause } from '../loader/pause.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

type IsCancelled = () => boolean;

/** What open manifests name, beside the plans of the stacks. Large ones are read in pieces, each text once. */
export class Manifests {
  readonly #workspace: OpenWorkspace;
  readonly #images = new WeakMap<ValuesFile, readonly ManifestImage[]>();
  readonly #shown = new Set<string>();

  constructor(workspace: OpenWorkspace) {
    this.#workspace = workspace;
  }

  /** Whether an open manifest names images, so that it has a lens, or may get one. */
  get hasShown(): boolean {
    for (const uri of this.#shown) if (this.#workspace.document(uri) === undefined) this.#shown.delete(uri);
    return this.#shown.size > 0;
  }

  /** By the normalized URI. */
  isShown(uri: string): boolean {
    return this.#shown.has(uri);
  }

  /** `undefined`: the file is not a manifest of deployKF, the work was cancelled, or the world has changed. */
  async of(uri: string, isCancelled: IsCancelled): Promise<ManifestReport | undefined> {
    const { snapshot } = this.#workspace;
    const document = this.#workspace.document(uri);
    if (document === undefined || document.isTooLarge || snapshot.plans.length === 0) return undefined;
    const { file } = document;
    if (snapshot.isShown(file.uri) || file.uri.endsWith(`/${projectFileName}`)) return undefined;
    if (!mayBeManifest(file.text)) return undefined;
    const images = this.#images.get(file) ?? (await inPieces(readManifestImages(file.text), isCancelled));
    if (images === undefined) return undefined;
    this.#images.set(file, images);
    // What names images may be of a stack that is written later.
    if (images.length > 0) this.#shown.add(file.uri);
    return inPieces(compareManifest(snapshot, images), isCancelled);
  }
}

/** Lets others have their turn between pieces; `undefined` when it is cancelled. */
async function inPieces<T>(work: Pieces<T>, isCancelled: IsCancelled): Promise<T | undefined> {
  let since = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - since < longestPiece) continue;
    await pause();
    if (isCancelled()) return undefined;
    since = performance.now();
  }
}
