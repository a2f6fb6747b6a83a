import type { SnapshotState } from '../../workspace/state.ts';
import type { Application } from '../../stack/application.ts';
import { folderOf, isInside, joinUri, relativePath, trimSlash } from '../../stack/uri.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import {
  basesOfScript,
  basesOfValuesFiles,
  findScriptFile,
  findValuesFile,
  folderOfUri,
} from '../../workspace/paths.ts';

/** A file, or a folder with all that is in it, that gets another name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The world before and after files get other names. */
export interface RenamedWorld {
  readonly before: SnapshotState;
  readonly after: SnapshotState;
  readonly nameOf: (uri: string) => string;
}

/** What names values files by paths: where these lead, and the folders that they may be relative to. */
export interface Namer {
  readonly uri: string;
  readonly find: (state: SnapshotState, uri: string, path: string) => string;
  readonly bases: (state: SnapshotState, uri: string) => readonly string[];
  /** A folder that no path may lead out of. */
  readonly limit?: string;
  /** The folder that it is in, where paths are relative to that, wherever it goes. */
  readonly home?: string;
}

export function renamedWorld(before: SnapshotState, renamings: readonly Renaming[]): RenamedWorld {
  const nameOf = (uri: string): string => {
    const renaming = renamings.find(({ from }) => uri === from || isInside(from, uri));
    if (renaming === undefined) return uri;
    return renaming.to + uri.slice(renaming.from.length);
  };
  const files = new Map<string, ValuesFile>([...before.files].map(([uri, file]) => [nameOf(uri), file]));
  return { before, after: { ...before, files }, nameOf };
}

export function projectNamer(uri: string, folder: string): Namer {
  return { uri, find: (_state, _uri, path) => joinUri(folder, path), bases: () => [folder] };
}

/** Its files are in its repository. */
export function applicationNamer(state: SnapshotState, uri: string, application: Application): Namer {
  return {
    uri,
    find: (world, at, path) => findValuesFile(world, at, application, path),
    bases: (world, at) => basesOfValuesFiles(world, at, application),
    limit: folderOfUri(state.folders, uri)?.uri ?? folderOf(uri),
  };
}

/** `folder`: the one that the script goes to before. */
export function scriptNamer(uri: string, folder: string | undefined): Namer {
  return {
    uri,
    find: (state, at, path) => findScriptFile(state, { uri: at, folder }, path),
    bases: (state, at) => basesOfScript(state, { uri: at, folder }),
    home: folderOf(uri),
  };
}

/** `keep`: the path as written still leads there; `lost`: no path does. */
export type RenamedPath =
  { readonly kind: 'keep' | 'lost' } | { readonly kind: 'path'; readonly path: string };

/** The path of a file by its new name, in the style of the old one. */
export function renamedPath(
  { before, after, nameOf }: RenamedWorld,
  namer: Namer,
  text: string,
): RenamedPath {
  const { uri, find, limit } = namer;
  const target = find(before, uri, text);
  const to = nameOf(target);
  const base = namer.bases(before, uri).find(folder => joinUri(folder, text) === target);
  if (base === undefined) return { kind: to === target ? 'keep' : 'lost' };
  const leadsThere = (path: string): boolean => find(after, nameOf(uri), path) === to;
  const newBase = base === namer.home ? folderOf(nameOf(uri)) : nameOf(trimSlash(base));
  if (to === target && (!before.files.has(target) || leadsThere(text))) return { kind: 'keep' };
  const isLeaving = limit !== undefined && isInside(limit, target) && !isInside(limit, to);
  if (isLeaving) return { kind: 'lost' };
  const path = likePath(text, { base, newBase, to });
  if (path === text) return { kind: 'keep' };
  if (path !== undefined && leadsThere(path)) return { kind: 'path', path };
  return { kind: 'lost' };
}

interface Move {
  readonly base: string;
  readonly newBase: string;
  readonly to: string;
}

/** Its dots at the start are kept where they can be, and so are backslashes and a path from the root. */
function likePath(text: string, move: Move): string | undefined {
  const path = slashedPath(text.replaceAll('\\', '/'), move);
  if (text.includes('\\') && !text.includes('/')) return path?.replaceAll('/', '\\');
  return path;
}

function slashedPath(written: string, { base, newBase, to }: Move): string | undefined {
  if (written.startsWith('/')) {
    const [root] = /^[^:]+:\/\/[^/]*/.exec(to) ?? [];
    return root && below('/', relativePath(root, to));
  }
  const [dots] = /^(?:\.\.?\/)*/.exec(written) ?? [''];
  const start = joinUri(base, dots);
  const isSame = trimSlash(newBase) === trimSlash(base) && isInside(start, to);
  if (isSame) return below(dots, relativePath(start, to));
  return below(dots.startsWith('./') ? './' : '', relativePath(newBase, to));
}

function below(start: string, path: string | undefined): string | undefined {
  if (path === undefined || (start === './' && path.startsWith('../'))) return path;
  return path && start + path;
}
