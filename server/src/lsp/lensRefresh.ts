import { CodeLensRefreshRequest, InlayHintRefreshRequest, type Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { describeError, type Log } from './log.ts';
import type { Manifests } from './manifests.ts';
import type { Changed, OpenWorkspace } from './openWorkspace.ts';

export interface LensRefreshOptions {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly workspace: OpenWorkspace;
  readonly manifests: Manifests;
  readonly log: Log;
}

/** In milliseconds; plans are too much for each keystroke. */
const wait = 1000;

/**
 * Asks the client to ask for lenses and inlay hints again: when more than the text that it changed itself may have changed them,
 * and when registries were asked.
 */
export class LensRefresh {
  readonly #options: LensRefreshOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LensRefreshOptions) {
    const { workspace, client } = options;
    this.#options = options;
    if (!client.refreshesLenses && !client.refreshesHints) return;
    workspace.onDidChange(changed => {
      const isVerified = (workspace.snapshot.state.verified?.size ?? 0) > 0;
      if (isVerified || this.#concernsOthers(changed)) this.#later();
    });
  }

  /** Of a text that it changed itself a client asks anyway. */
  #concernsOthers(changed: Changed): boolean {
    const { workspace, manifests } = this.#options;
    if (changed === 'all') return true;
    if (manifests.hasShown && !changed.every(uri => manifests.isShown(uri))) return true;
    const { snapshot, documents } = workspace;
    const related = new Set(changed.flatMap(uri => snapshot.plansOf(uri)).flatMap(({ uris }) => uris));
    return [...documents].some(({ file: { uri } }) => related.has(uri) && !changed.includes(uri));
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#refresh();
    }, wait);
  }

  #refresh(): void {
    const { connection, client, log } = this.#options;
    const ask = (what: string, { method }: { readonly method: string }): void => {
      connection
        .sendRequest(method)
        .catch((error: unknown) => log.warn(`${what} were not refreshed: ${describeError(error)}`));
    };
    if (client.refreshesLenses) ask('Code lenses', CodeLensRefreshRequest.type);
    if (client.refreshesHints) ask('Inlay hints', InlayHintRefreshRequest.type);
  }
}
