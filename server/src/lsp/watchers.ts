import {
  DidChangeWatchedFilesNotification,
  type Connection,
  type Disposable,
  type FileSystemWatcher,
  WatchKind,
} from 'vscode-languageserver';
import { candidateGlob } from '../core/workspace/discovery.ts';
import { folderOf, isInside, labelOf } from '../core/stack/uri.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { describeError, type Log } from './log.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

interface WatcherOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly client: ClientFeatures;
  readonly log: Log;
}

/** Has the client watch what may matter in the workspace and the other files that count, and others when others count. */
export function watchFiles({ connection, workspace, client, log }: WatcherOptions): void {
  if (!client.registersWatchers) return;
  let watched = '';
  const registered = new Watchers(connection, log);
  workspace.onDidChange(changed => {
    if (changed !== 'all') return;
    const { folders, files } = workspace.watched;
    const generators = workspace.generators.filter(
      uri => isZip(uri) || !folders.some(folder => isInside(folder, uri)),
    );
    const wanted = JSON.stringify([folders, files, generators]);
    if (wanted === watched) return;
    watched = wanted;
    const watchers = [
      ...folders.flatMap(folder => folderWatchers(folder, client)),
      ...files.map(uri => toWatcher(uri, client)),
      ...generators.flatMap(uri => generatorWatchers(uri, client)),
    ];
    registered.replace(watchers);
  });
}

/** Watchers that were asked for. */
interface Registration {
  /** Others have come in their place. */
  isOver: boolean;
  /** `undefined`: the client has not answered. */
  disposable: Disposable | undefined;
}

/** The watchers of a client, which may be slow to answer, or never do. */
class Watchers {
  readonly #connection: Connection;
  readonly #log: Log;
  #active: readonly Registration[] = [];

  constructor(connection: Connection, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  /** The new watchers come first, so that no change falls between. */
  replace(watchers: FileSystemWatcher[]): void {
    const next: Registration = { isOver: false, disposable: undefined };
    const previous = this.#active;
    this.#active = [...previous, next];
    if (watchers.length === 0) return this.#retire(previous);
    this.#connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .then(disposable => {
        next.disposable = disposable;
        if (next.isOver) disposable.dispose();
        else this.#retire(previous);
      })
      .catch((error: unknown) => this.#log.warn(`Files are not watched: ${describeError(error)}`));
  }

  #retire(registrations: readonly Registration[]): void {
    this.#active = this.#active.filter(registration => !registrations.includes(registration));
    for (const registration of registrations) {
      if (!registration.isOver) registration.disposable?.dispose();
      registration.isOver = true;
    }
  }
}

/** Everything below a folder that may matter. Deletions of any path: of a folder that goes, clients name only itself. */
function folderWatchers(folder: string, client: ClientFeatures): readonly FileSystemWatcher[] {
  return [
    ...[candidateGlob, '**/.gitignore'].map(pattern => watcher(`${folder}/`, pattern, client)),
    { ...watcher(`${folder}/`, '**', client), kind: WatchKind.Delete },
  ];
}

/** The folder or archive itself, which may come and go, and what a folder holds. */
function generatorWatchers(uri: string, client: ClientFeatures): readonly FileSystemWatcher[] {
  const inner = isZip(uri) ? [] : ['**/*.yaml', '**/*.yml'];
  return [toWatcher(uri, client), ...inner.map(pattern => watcher(`${uri}/`, pattern, client))];
}

function isZip(uri: string): boolean {
  return /\.zip$/i.test(uri);
}

function toWatcher(uri: string, client: ClientFeatures): FileSystemWatcher {
  const folder = folderOf(uri);
  return watcher(folder, asPattern(labelOf(folder, uri)), client);
}

function watcher(folder: string, pattern: string, { relativePatterns }: ClientFeatures): FileSystemWatcher {
  if (relativePatterns) return { globPattern: { baseUri: folder.slice(0, -1), pattern } };
  return {
    globPattern: `${asPattern(decodeURIComponent(folder.replace(/^[a-z]+:\/\/[^/]*/i, '')))}${pattern}`,
  };
}

/** A path as a glob that matches it: what has a meaning in globs matches as any character. */
function asPattern(path: string): string {
  return path.replace(/[[\]{}*?]/g, '?');
}
