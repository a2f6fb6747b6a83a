import {
  noSettings,
  readProject,
  type KnownNames,
  type Project,
  type Settings,
} from '../core/workspace/settings.ts';
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

/** What of a folder has to be read again. */
interface StaleFolder {
  readonly settings: boolean;
  readonly project: boolean;
}

/** What is known of a folder. */
interface FolderState {
  readonly editor: Settings;
  /** The workspace folder that it is in; `undefined`: it is one itself. */
  readonly within: string | undefined;
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
    return [...this.#folders].map(([uri, state]) => folderWith(uri, state.project, this.#editorOf(state)));
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
  async load(uri: string, within: string | undefined, stale: StaleFolder): Promise<void> {
    const before = this.#folders.get(uri);
    const known = before?.within === within ? before : undefined;
    if (known !== undefined && !stale.settings && !stale.project) return;
    const isOpen = this.#options.openFile(projectUri(uri)) !== undefined;
    const [editor, read] = await Promise.all([
      known === undefined || stale.settings ? this.#readEditor(uri, within) : known.editor,
      !isOpen && (known === undefined || stale.project) ? this.#readProject(uri) : known?.project,
    ]);
    // An editor may have opened or changed the project file in the meantime.
    const open = this.#options.openFile(projectUri(uri));
    const previous = this.#folders.get(uri)?.project;
    const project = open === undefined ? read : readProject(open, this.#options.names, previous);
    this.#folders.set(uri, { editor, within, project });
  }

  /** An editor is asked about its own folders only: a workspace may have many projects. */
  async #readEditor(uri: string, within: string | undefined): Promise<Settings> {
    if (within !== undefined) return noSettings;
    return this.#options.editorSettings(uri);
  }

  /** Stacks in the editor's settings are those of the workspace folder, not of each project in it. */
  #editorOf({ editor, within }: FolderState): Settings {
    if (within === undefined) return editor;
    return { ...(this.#folders.get(within)?.editor ?? noSettings), stacks: [] };
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
