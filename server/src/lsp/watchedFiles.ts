import { isInside } from '../core/stack/uri.ts';
import { candidateKind } from '../core/workspace/discovery.ts';

/** What the editor should watch: everything that may matter in some folders, and single files elsewhere. */
export interface WatchedFiles {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

export function watchedFiles(folders: readonly string[], uris: readonly string[]): WatchedFiles {
  const isCovered = (uri: string): boolean =>
    candidateKind(uri) !== undefined && folders.some(folder => isInside(folder, uri));
  return { folders, files: [...new Set(uris)].filter(uri => !isCovered(uri)).sort() };
}
