import { dirname } from 'node:path';
import { isWithin, type Bounds } from '../host/bounds.node.ts';
import { pathKind } from '../host/textFiles.node.ts';

/**
 * What a run may read: the working directory, the folders of what the user named and of the project files that count, each
 * with its git work tree; and what the user named outside of the working directory, wherever its path leads.
 */
export class ReadBounds {
  readonly #cwd: string;
  readonly #folders: Set<string>;
  readonly #named = new Set<string>();

  constructor(cwd: string) {
    this.#cwd = cwd;
    this.#folders = new Set([cwd]);
  }

  get folders(): readonly string[] {
    return [...this.#folders];
  }

  of(path: string): Bounds {
    if (this.#named.has(path)) return 'anywhere';
    return this.folders;
  }

  addFolder(path: string): void {
    this.#folders.add(path);
  }

  /**
   * Takes a path that the user named. What is in the working directory may be a link that somebody else made, so that it is
   * bounded like all else there.
   */
  async addNamed(path: string): Promise<void> {
    if (isWithin(this.#cwd, path)) return;
    const isFolder = (await pathKind(path)) === 'folder';
    if (!isFolder) this.#named.add(path);
    this.#folders.add(isFolder ? path : dirname(path));
  }
}
