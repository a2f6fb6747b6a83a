import type { Repository } from '../core/stack/repository.ts';
import type { Files } from '../host/files.ts';

/** The repositories of folders, each looked for once. */
export class Repositories {
  readonly #files: Pick<Files, 'repository'>;
  readonly #known = new Map<string, Repository | undefined>();

  constructor(files: Pick<Files, 'repository'>) {
    this.#files = files;
  }

  get list(): readonly Repository[] {
    return [...this.#known.values()].filter(repository => repository !== undefined);
  }

  /** Looks for those of folders by their URIs, and forgets all others. */
  async load(folders: readonly string[]): Promise<void> {
    const unknown = folders.filter(folder => !this.#known.has(folder));
    const found = await Promise.all(unknown.map(async folder => this.#files.repository?.(folder)));
    for (const [index, folder] of unknown.entries()) this.#known.set(folder, found[index]);
    for (const folder of this.#known.keys()) if (!folders.includes(folder)) this.#known.delete(folder);
  }
}
