import type { SnapshotState } from '../core/workspace/state.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { describeUnread, type Files, type FileText, type Unread } from '../host/files.ts';
import type { Log } from './log.ts';

/** A file that no editor has open, as last read. */
export type StoredFile = ValuesFile | Unread;

/** The files of stacks that are not open. What is wrong with one is logged once, and again when it changes. */
export class StoredFiles {
  readonly #files: Files;
  readonly #log: Log;
  readonly #stored = new Map<string, StoredFile>();
  readonly #told = new Map<string, string>();

  constructor(files: Files, log: Log) {
    this.#files = files;
    this.#log = log;
  }

  get uris(): readonly string[] {
    return [...this.#stored.keys()];
  }

  /** The files without a text, except for those that are open. */
  unread(isOpen: (uri: string) => boolean): Required<Pick<SnapshotState, 'missing' | 'unreadable'>> {
    const missing = new Set<string>();
    const unreadable = new Map<string, string>();
    for (const [uri, file] of this.#stored) {
      if (file instanceof ValuesFile || isOpen(uri)) continue;
      if (file.kind === 'missing') missing.add(uri);
      else unreadable.set(uri, describeUnread(file));
    }
    return { missing, unreadable };
  }

  has(uri: string): boolean {
    return this.#stored.has(uri);
  }

  get(uri: string): StoredFile | undefined {
    return this.#stored.get(uri);
  }

  /** Forgets all but the `needed` ones. Reads those `of` them that are `stale` or were never read; returns these. */
  async load(
    needed: ReadonlySet<string>,
    of: readonly string[],
    stale: readonly string[],
  ): Promise<readonly string[]> {
    for (const uri of this.#stored.keys()) if (!needed.has(uri)) this.#stored.delete(uri);
    const unread = of.filter(uri => !this.#stored.has(uri) || stale.includes(uri));
    await Promise.all(unread.map(uri => this.#store(uri)));
    return unread;
  }

  /** Reads a file that may be missing. */
  async read(uri: string): Promise<FileText> {
    const result = await this.#files.read(uri);
    this.#tell(uri, result.kind === 'missing' ? undefined : result);
    return result;
  }

  async #store(uri: string): Promise<void> {
    const result = await this.#files.read(uri);
    this.#tell(uri, result);
    this.#stored.set(uri, result.kind === 'text' ? new ValuesFile(uri, result.text) : result);
  }

  #tell(uri: string, result: FileText | undefined): void {
    const message =
      result === undefined || result.kind === 'text' ? undefined : `"${uri}" ${describeUnread(result)}`;
    if (message !== undefined && this.#told.get(uri) !== message) this.#log.warn(message);
    if (message === undefined) this.#told.delete(uri);
    else this.#told.set(uri, message);
  }
}
