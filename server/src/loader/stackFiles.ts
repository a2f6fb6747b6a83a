import { isScript } from '../core/workspace/discovery.ts';
import { stackFileUris } from '../core/workspace/plans.ts';
import type { SnapshotState } from '../core/workspace/state.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { describeUnread, type Files, type FileText, type Unread } from '../host/files.ts';

/** A phrase to put after the name of a file. */
const scriptProblem = 'is a script by its name, but values are expected here: name it .yaml';

export interface StackFilesOptions {
  readonly files: Files;
  /** Whether the text of a file comes from an editor; its file is not read. */
  readonly isOpen: (uri: string) => boolean;
  readonly onRead: (uri: string, result: FileText) => void;
}

/** The state with every file that its stacks name and that is there, and what is wrong with the others. */
export async function withStackFiles(state: SnapshotState, files: Files): Promise<SnapshotState> {
  const stackFiles = new StackFiles({ files, isOpen: () => false, onRead: () => undefined });
  await stackFiles.load(state, []);
  return stackFiles.addTo(state);
}

/** The files that stacks name and that no search has found: ignored ones, those outside of the folders, missing ones. */
export class StackFiles {
  readonly #options: StackFilesOptions;
  readonly #read = new Map<string, ValuesFile | Unread>();

  constructor(options: StackFilesOptions) {
    this.#options = options;
  }

  get uris(): readonly string[] {
    return [...this.#read.keys()];
  }

  /** Whether it was read, or looked for. */
  has(uri: string): boolean {
    return this.#read.has(uri);
  }

  /**
   * Reads the files that the stacks of a state name, and those that the ones so read name in turn. A file is read again
   * only when it is stale; those that nothing names any more are forgotten. Resolves to what was read.
   */
  async load(state: SnapshotState, stale: readonly string[]): Promise<readonly string[]> {
    const needed = new Set<string>();
    const read: string[] = [];
    for (let naming = state; ;) {
      const more = stackFileUris(naming).filter(uri => !state.files.has(uri) && !needed.has(uri));
      const unread = more.filter(uri => this.#isUnread(uri, stale));
      await Promise.all(unread.map(uri => this.#readFile(uri)));
      for (const uri of more) needed.add(uri);
      read.push(...unread);
      const files = new Map(more.flatMap(uri => this.#entry(uri)));
      if (![...files.values()].some(file => file.applications.length > 0)) break;
      naming = { ...state, files, scripts: [] };
    }
    for (const uri of this.#read.keys()) if (!needed.has(uri)) this.#read.delete(uri);
    return read;
  }

  /** The state with these files, and with those that have no text. */
  addTo(state: SnapshotState): SnapshotState {
    const files = new Map<string, ValuesFile>();
    const missing = new Set(state.missing);
    const unreadable = new Map(state.unreadable);
    for (const [uri, file] of this.#read) {
      if (state.files.has(uri) || this.#options.isOpen(uri)) continue;
      // A script may contain texts that look like values, but are not.
      if (file instanceof ValuesFile && isScript(uri)) unreadable.set(uri, scriptProblem);
      else if (file instanceof ValuesFile) files.set(uri, file);
      else if (file.kind === 'missing') missing.add(uri);
      else unreadable.set(uri, describeUnread(file));
    }
    return { ...state, files: new Map([...files, ...state.files]), missing, unreadable };
  }

  #isUnread(uri: string, stale: readonly string[]): boolean {
    return !this.#options.isOpen(uri) && (!this.#read.has(uri) || stale.includes(uri));
  }

  #entry(uri: string): readonly (readonly [string, ValuesFile])[] {
    const file = this.#read.get(uri);
    if (!(file instanceof ValuesFile) || this.#options.isOpen(uri)) return [];
    return [[uri, file]];
  }

  async #readFile(uri: string): Promise<void> {
    const result = await this.#options.files.read(uri);
    this.#options.onRead(uri, result);
    this.#read.set(uri, result.kind === 'text' ? new ValuesFile(uri, result.text) : result);
  }
}
