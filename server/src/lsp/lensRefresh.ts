import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import { describeError, type Log } from './log.ts';
import type { Manifests } from './manifests.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

export interface LensRefreshOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly manifests: Manifests;
  readonly log: Log;
  /** Whether the client can be asked. */
  readonly isPossible: boolean;
}

/** In milliseconds; plans are too much for each keystroke. */
const wait = 1000;

/** Asks the client to ask for lenses again: when plans may have changed and lenses of them are shown, and when registries were asked. */
export class LensRefresh {
  readonly #options: LensRefreshOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LensRefreshOptions) {
    const { workspace, manifests } = options;
    this.#options = options;
    workspace.onDidChange(changed => {
      const isVerified = (workspace.snapshot.state.verified?.size ?? 0) > 0;
      // Of a text that it changed itself a client asks anyway.
      const isOwn = changed !== 'all' && changed.every(uri => manifests.isShown(uri));
      if (isVerified || (manifests.hasShown && !isOwn)) this.#later();
    });
  }

  #later(): void {
    const { connection, log, isPossible } = this.#options;
    if (!isPossible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      connection
        .sendRequest(CodeLensRefreshRequest.type)
        .catch((error: unknown) => log.warn(`Code lenses were not refreshed: ${describeError(error)}`));
    }, wait);
  }
}
