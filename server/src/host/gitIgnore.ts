import ignore, { type Ignore } from 'ignore';
import { isInside } from '../core/stack/uri.ts';
import type { Files } from './files.ts';

/** What the `.gitignore` files of a folder say about the paths in it. Paths are relative, with `/`, folders end in one. */
export class GitIgnore {
  readonly #rules = new Map<string, Ignore>();

  /** Adds the text of the `.gitignore` in a folder; `''` is the outermost. */
  add(folder: string, text: string): void {
    this.#rules.set(folder, ignore().add(text));
  }

  /** Whether git would pass over a file, or a folder, or one that it lies in. */
  ignores(path: string): boolean {
    for (let end = path.indexOf('/'); end >= 0 && end < path.length - 1; end = path.indexOf('/', end + 1)) {
      if (this.ignoresItself(path.slice(0, end + 1))) return true;
    }
    return this.ignoresItself(path);
  }

  /** The same when it is known that the folders above are not ignored. The nearest `.gitignore` has the last word. */
  ignoresItself(path: string): boolean {
    let isIgnored = false;
    const inner = path.slice(0, -1);
    for (let at = 0; at >= 0; at = inner.indexOf('/', at) + 1 || -1) {
      const told = this.#rules.get(path.slice(0, at))?.test(path.slice(at));
      if (told?.ignored === true) isIgnored = true;
      if (told?.unignored === true) isIgnored = false;
    }
    return isIgnored;
  }
}

/** Those of the files in a folder that its `.gitignore` files, and those below, let through. */
export async function withoutIgnored(
  folder: string,
  uris: readonly string[],
  files: Pick<Files, 'read'>,
): Promise<readonly string[]> {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  const inside = uris.filter(uri => isInside(base, uri));
  const folders = new Set(inside.flatMap(uri => foldersOf(uri.slice(base.length))));
  const rules = new GitIgnore();
  await Promise.all(
    [...folders].map(async path => {
      const found = await files.read(`${base}${path}.gitignore`);
      if (found.kind === 'text') rules.add(decodeURIComponent(path), found.text);
    }),
  );
  return inside.filter(uri => !rules.ignores(decodeURIComponent(uri.slice(base.length))));
}

function foldersOf(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return ['', ...steps.map((_, index) => `${steps.slice(0, index + 1).join('/')}/`)];
}
