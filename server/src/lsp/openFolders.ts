import { readProject, type KnownNames, type Project, type Settings } from '../core/workspace/settings.ts';
import type { Folder } from '../core/workspace/state.ts';
import type { ValuesFile } from '../core/stack/valuesFile.ts';
import type { Files } from '../host/files.ts';
import { folderWith, projectUri, readProjectFile } from '../loader/folders.ts';
import type { UnreadLog } from './unreadLog.ts';

export interface OpenFoldersOptions {
  readonly files: Files;
  readonly names: KnownNames;
  /** The editor's settings for a folder. */
  readonly editorSettings: (folder: string) => Promise<Settings>;
  /** The text of a file in the editor. */
  readonly openFile: (uri: string) => ValuesFile | undefined;
  readonly unread: UnreadLog;
}

/** What is known of a workspace folder. */
interface FolderState {
  readonly editor: Settings;
  readonly project: Project | undefined;
}

/** The folders whose settings count, with their project files as the editor has them, else as on disk. */
export class OpenFolders {
  readonly #options: OpenFoldersOptions;
  readonly #folders = new Map<string, FolderState>();

  constructor(options: OpenFoldersOptions) {
    this.#options = options;
  }

  get list(): readonly Folder[] {
    return [...this.#folders].map(([uri, { editor, project }]) => folderWith(uri, project, editor));
  }

  /** Of the project files, whether they are there or not. */
  get projectUris(): readonly string[] {
    return [...this.#folders.keys()].map(projectUri);
  }

  has(uri: string): boolean {
    return this.#folders.has(uri);
  }

  /** Whether exactly these are known. */
  areThese(uris: readonly string[]): boolean {
    return this.#folders.size === uris.length && uris.every(uri => this.#folders.has(uri));
  }

  projectFile(folder: string): ValuesFile | undefined {
    return this.#folders.get(folder)?.project?.file;
  }

  /** Takes the text of the project file of a known folder. */
  setProject(folder: string, file: ValuesFile): void {
    const state = this.#folders.get(folder);
    if (state === undefined) return;
    const project = readProject(file, this.#options.names, state.project);
    this.#folders.set(folder, { ...state, project });
  }

  /** Forgets all others, and has these in their order, whichever was read first. */
  keepOnly(uris: readonly string[]): void {
    const before = new Map(this.#folders);
    this.#folders.clear();
    for (const uri of uris) {
      const state = before.get(uri);
      if (state !== undefined) this.#folders.set(uri, state);
    }
  }

  /** Reads what of a folder is stale or not known yet. */
  async load(uri: string, stale: { readonly settings: boolean; readonly project: boolean }): Promise<void> {
    const known = this.#folders.get(uri);
    if (known !== undefined && !stale.settings && !stale.project) return;
    const isOpen = this.#options.openFile(projectUri(uri)) !== undefined;
    const [editor, read] = await Promise.all([
      known === undefined || stale.settings ? this.#options.editorSettings(uri) : known.editor,
      !isOpen && (known === undefined || stale.project) ? this.#readProject(uri) : known?.project,
    ]);
    // An editor may have opened or changed the project file in the meantime.
    const open = this.#options.openFile(projectUri(uri));
    const before = this.#folders.get(uri)?.project;
    const project = open === undefined ? read : readProject(open, this.#options.names, before);
    this.#folders.set(uri, { editor, project });
  }

  async #readProject(folder: string): Promise<Project | undefined> {
    const { files, names, unread } = this.#options;
    const uri = projectUri(folder);
    const before = this.#folders.get(folder)?.project;
    const result = await readProjectFile(files, uri, names, before);
    if (result.kind === 'project' || result.kind === 'missing') unread.forget(uri);
    else unread.tell(uri, result);
    if (result.kind === 'project') return result.project;
    return result.kind === 'missing' ? undefined : before;
  }
}
