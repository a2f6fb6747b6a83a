import { dirname } from 'node:path';
import { isWithin, type Bounds } from '../host/bounds.node.ts';
import { pathKind } from '../host/textFiles.node.ts';
import { uriOf } from './io/paths.ts';

/**
 * What a run may read: the working directory, the folders of what the user named and of the project files that count, each
 * with its git work tree; and what the user named outside of the working directory, wherever its path leads.
 */
export class ReadBounds {
  readonly #cwd: string;
  readonly #folders: Set<string>;
  readonly #named = new Set<string>();
  readonly #isConfined: boolean;

  /** `confined`: only the working directory may be read, without the work tree that it is in, and no project file above it. */
  constructor(cwd: string, confined?: 'confined') {
    this.#cwd = cwd;
    this.#folders = new Set([cwd]);
    this.#isConfined = confined === 'confined';
  }

  get folders(): readonly string[] {
    return [...this.#folders];
  }

  /** The URI of the only folder that may be read; `undefined`: there are others. */
  get confinedTo(): string | undefined {
    return this.#isConfined ? uriOf(this.#cwd) : undefined;
  }

  of(path: string): Bounds {
    if (this.#isConfined) return { only: this.#cwd };
    if (this.#named.has(path)) return 'anywhere';
    return this.folders;
  }

  /** A project file may be anywhere above what it is for. */
  ofProject(path: string): Bounds {
    const bounds = this.of(path);
    return Array.isArray(bounds) ? [...this.folders, dirname(path)] : bounds;
  }

  /** Whether a folder may be looked into for a project file. */
  mayHoldProject(folder: string): boolean {
    return !this.#isConfined || isWithin(this.#cwd, folder);
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
