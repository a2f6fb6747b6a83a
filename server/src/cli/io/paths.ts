import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hostUri } from '../../core/stack/valuesFile.ts';
import { isInside, normalizeUri } from '../../core/stack/uri.ts';
import type { PathOf } from '../../core/report/types.ts';

/** The word for standard input on the command line, and its name in what is printed. */
export const stdinName = '-';

/** The word for standard output where a file is to be named. */
export const stdoutName = '-';

/** The URI of a path, as core compares them. */
export function uriOf(path: string): string {
  return normalizeUri(pathToFileURL(path).href);
}

/** Standard input is in the working directory, under a name that no file has. */
export function stdinUri(cwd: string): string {
  return uriOf(resolve(cwd, '<stdin>'));
}

/** The path of a URI, or the word for standard input. */
export function pathOf(cwd: string, uri: string): string {
  if (uri === stdinUri(cwd)) return stdinName;
  return fileURLToPath(uri);
}

/** Paths as they are printed, with slashes: relative to the working directory, or to what has that as its `folder`. */
export function pathsFrom(cwd: string, folder = ''): PathOf {
  return uri => {
    const real = hostUri(uri);
    if (real === stdinUri(cwd)) return stdinName;
    const path = displayPath(cwd, fileURLToPath(real));
    return folder === '' || isAbsolute(path) ? path : posix.join(folder, path);
  };
}

/** A path that the user wrote. One that leads into the working directory by a link elsewhere is that of the file there. */
export function resolveNamed(cwd: string, path: string): string {
  const plain = resolve(cwd, path);
  if (isWithin(cwd, plain)) return plain;
  try {
    const realCwd = realpathSync(cwd);
    // A link in the folder keeps its own name.
    const places = [join(realpathSync(dirname(plain)), basename(plain)), realpathSync(plain)];
    const below = places.find(place => isWithin(realCwd, place));
    return below === undefined ? plain : join(cwd, relative(realCwd, below));
  } catch {
    // What does not exist is said by whoever reads it.
    return plain;
  }
}

export function displayPath(cwd: string, path: string): string {
  return relative(cwd, path).split(sep).join('/') || '.';
}

export function isWithin(folder: string, path: string): boolean {
  return path === folder || isInside(uriOf(`${folder}/`), uriOf(path));
}
