import {
  DidChangeWatchedFilesNotification,
  type Connection,
  type Disposable,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { folderOf, labelOf } from '../core/stack/uri.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { describeError, type Log } from './log.ts';
import type { World } from './world.ts';

interface WatcherOptions {
  readonly connection: Connection;
  readonly world: World;
  readonly client: ClientFeatures;
  readonly log: Log;
}

/** Has the client watch exactly the files that count, and others when others count. */
export function watchFiles({ connection, world, client, log }: WatcherOptions): void {
  if (!client.registersWatchers) return;
  let watched = '';
  let registration: Promise<Disposable | undefined> = Promise.resolve(undefined);
  world.onDidChange(changed => {
    const uris = changed === 'all' ? world.watched : [];
    if (changed !== 'all' || uris.join('\n') === watched) return;
    watched = uris.join('\n');
    const watchers = uris.map(uri => toWatcher(uri, client));
    registration = registration
      .then(previous => replace(connection, previous, watchers))
      .catch((error: unknown) => {
        log.warn(`Files are not watched: ${describeError(error)}`);
        return undefined;
      });
  });
}

/** The new watchers come first, so that no change falls between. */
async function replace(
  connection: Connection,
  previous: Disposable | undefined,
  watchers: FileSystemWatcher[],
): Promise<Disposable | undefined> {
  const next =
    watchers.length === 0
      ? undefined
      : await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  previous?.dispose();
  return next;
}

function toWatcher(uri: string, { relativePatterns }: ClientFeatures): FileSystemWatcher {
  const folder = folderOf(uri);
  const name = asPattern(labelOf(folder, uri));
  if (relativePatterns) return { globPattern: { baseUri: folder.slice(0, -1), pattern: name } };
  return { globPattern: `${asPattern(decodeURIComponent(folder.replace(/^[a-z]+:\/\/[^/]*/i, '')))}${name}` };
}

/** A path as a glob that matches it: what has a meaning in globs matches as any character. */
function asPattern(path: string): string {
  return path.replace(/[[\]{}*?]/g, '?');
}
