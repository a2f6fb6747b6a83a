import { dirname, resolve } from 'node:path';
import { noSettings, type Project } from '../../core/workspace/settings.ts';
import type { Folder } from '../../core/workspace/state.ts';
import { isWithin, stdinName, uriOf } from '../io/paths.ts';
import type { FileStore, FoundProject } from './fileStore.ts';

/** The folders whose settings count, as files ask for them. */
export class ProjectFolders {
  readonly #cwd: string;
  readonly #store: FileStore;
  readonly #config: string | undefined;
  /** By their URIs. */
  readonly #folders = new Map<string, Folder>();
  /** What is wrong with project files of which nothing can be read. */
  readonly broken = new Set<string>();

  /** `config`: the project file of all, as it was named. */
  constructor(cwd: string, store: FileStore, config: string | undefined) {
    this.#cwd = cwd;
    this.#store = store;
    this.#config = config;
  }

  get list(): readonly Folder[] {
    return [...this.#folders.values()];
  }

  /**
   * The folder whose settings count for a file: that of its project file. Files outside of it, or without
   * one, belong to the working directory, or to their own folder when they are elsewhere.
   */
  async folderFor(path: string): Promise<Folder> {
    const cwd = this.#cwd;
    const own = path === stdinName ? cwd : dirname(path);
    const foundProject = await this.projectFor(own);
    if (foundProject.kind === 'broken') this.broken.add(foundProject.problem);
    const base = isWithin(cwd, own) ? cwd : own;
    if (foundProject.kind !== 'project') return this.#setFolder(base, undefined);
    const folder = dirname(foundProject.path);
    if (!isWithin(folder, own)) this.#setFolder(base, foundProject.project);
    return this.#setFolder(folder, foundProject.project);
  }

  /** Takes a project file that was named, or what is wrong with it. */
  add(foundProject: FoundProject): void {
    if (foundProject.kind === 'broken') this.broken.add(foundProject.problem);
    if (foundProject.kind === 'project') this.#setFolder(dirname(foundProject.path), foundProject.project);
  }

  async projectFor(folder: string): Promise<FoundProject> {
    if (this.#config !== undefined) return this.#store.readProject(resolve(this.#cwd, this.#config));
    const foundProject = await this.#store.projectFor(folder);
    if (foundProject.kind === 'none') return this.#store.projectFor(this.#cwd);
    return foundProject;
  }

  #setFolder(path: string, project: Project | undefined): Folder {
    const uri = uriOf(`${path}/`);
    const folder: Folder = this.#folders.get(uri) ?? {
      uri,
      settings: project?.settings ?? noSettings,
      project,
    };
    this.#folders.set(uri, folder);
    return folder;
  }
}
