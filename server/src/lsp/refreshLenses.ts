import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Session } from './handler.ts';
import { describeError } from './log.ts';

/** In milliseconds; plans are too much for each keystroke. */
const wait = 1000;

/** Asks the client to ask for lenses again when plans may have changed, as long as it has a manifest open that had one. */
export function refreshLenses({ connection, workspace, manifests, log }: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  workspace.onDidChange(changed => {
    // Of a text that it changed itself a client asks anyway.
    const isOwn = changed !== 'all' && changed.every(uri => manifests.isShown(uri));
    if (isOwn || !manifests.hasShown) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      connection
        .sendRequest(CodeLensRefreshRequest.type)
        .catch((error: unknown) => log.warn(`Code lenses were not refreshed: ${describeError(error)}`));
    }, wait);
  });
}
