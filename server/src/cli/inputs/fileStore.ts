import { dirname, join } from 'node:path';
import {
  projectFileName,
  readProject,
  type KnownNames,
  type Project,
} from '../../core/workspace/settings.ts';
import { ValuesFile } from '../../core/stack/valuesFile.ts';
import { unreadFor } from '../../host/fileErrors.ts';
import { describeUnread, type Files, type FileText, type Unread } from '../../host/files.ts';
import { nodeFiles } from '../../host/files.node.ts';
import { readTextFile } from '../../host/readFile.node.ts';
import { decodeText, pathKind, type TextFile } from '../../host/textFiles.node.ts';
import { searchFolder, type FolderSearch } from '../../loader/searchFolder.ts';
import type { Io } from '../io/io.ts';
import { displayPath, pathOf, stdinName, stdinUri, uriOf } from '../io/paths.ts';
import type { ReadBounds } from '../readBounds.ts';

/** More YAML files and scripts than this are not looked into for the sake of one file. */
const mostNear = 400;

/** In UTF-16 units: values files and scripts are shorter; what is longer takes long to parse. */
export const longestNear = 400_000;

/** A file as read, to be written again. */
export interface LoadedFile {
  /** Absolute, or `-` for standard input. */
  readonly path: string;
  readonly file: ValuesFile;
  readonly bom: boolean;
}

export type FoundProject =
  | { readonly kind: 'project'; readonly project: Project; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly problem: string };

/** Reads every file once, and remembers what could not be read. */
export class FileStore {
  /** The same by URIs. */
  readonly files: Files;
  /** What could not be read and why, by path. */
  readonly #unread = new Map<string, Unread>();
  readonly #io: Io;
  readonly #names: KnownNames;
  readonly #bounds: ReadBounds;
  readonly #files = new Map<string, Promise<LoadedFile | undefined>>();
  /** By folder. */
  readonly #projects = new Map<string, Promise<FoundProject>>();
  readonly #projectFiles = new Map<string, Promise<FoundProject>>();
  readonly #searches = new Map<string, Promise<FolderSearch>>();
  readonly #nearSearches = new Map<string, Promise<FolderSearch>>();

  constructor(io: Io, names: KnownNames, bounds: ReadBounds) {
    this.#io = io;
    this.#names = names;
    this.#bounds = bounds;
    this.files = { read: uri => this.#readUri(uri), list: nodeFiles.list, repository: nodeFiles.repository };
  }

  /** `undefined`: it cannot be read, and `problemOf` says why. */
  read(path: string): Promise<LoadedFile | undefined> {
    return remember(this.#files, path, () => this.#read(path));
  }

  /** Looks through a folder, by its URI. */
  search(folder: string): Promise<FolderSearch> {
    return remember(this.#searches, folder, () => searchFolder(this.files, folder));
  }

  /** Looks through a folder, by its URI, for the sake of one file; not whole where that would take long. */
  searchNear(folder: string): Promise<FolderSearch> {
    const read: Files['read'] = async uri => {
      const found = await this.files.read(uri);
      return found.kind === 'text' && found.text.length > longestNear ? { kind: 'tooLarge' } : found;
    };
    const whole = this.#searches.get(folder);
    if (whole !== undefined) return whole;
    return remember(this.#nearSearches, folder, () =>
      searchFolder({ ...this.files, read }, folder, mostNear),
    );
  }

  /** The project file in a folder, or the nearest above it. */
  projectFor(folder: string): Promise<FoundProject> {
    return remember(this.#projects, folder, async () => {
      const path = join(folder, projectFileName);
      if ((await pathKind(path)) !== 'missing') return this.readProject(path);
      const above = dirname(folder);
      if (above === folder || !this.#bounds.mayHoldProject(above)) return { kind: 'none' };
      return this.projectFor(above);
    });
  }

  /** Reads a project file; one that does not parse is of no use. */
  readProject(path: string): Promise<FoundProject> {
    return remember(this.#projectFiles, path, () => this.#readProject(path));
  }

  async #readProject(path: string): Promise<FoundProject> {
    const shown = displayPath(this.#io.cwd, path);
    const text = await readTextFile(path, this.#bounds.ofProject(path));
    if (text.kind !== 'text') return { kind: 'broken', problem: `${shown} ${describeUnread(text)}` };
    const file = new ValuesFile(uriOf(path), text.text);
    const problem = file.yaml.problems[0];
    if (problem !== undefined) {
      const { line, character } = file.source.positionAt(problem.span.start);
      return { kind: 'broken', problem: `${shown}:${line + 1}:${character + 1}: ${problem.message}` };
    }
    return { kind: 'project', path, project: readProject(file, this.#names) };
  }

  async #readUri(uri: string): Promise<FileText> {
    try {
      const path = pathOf(this.#io.cwd, uri);
      const loaded = await this.read(path);
      if (loaded !== undefined) return { kind: 'text', text: loaded.file.text };
      return this.#unread.get(path) ?? { kind: 'missing' };
    } catch (error) {
      return unreadFor(error);
    }
  }

  async #read(path: string): Promise<LoadedFile | undefined> {
    const isStdin = path === stdinName;
    const text = isStdin ? await this.#readStdin() : await readTextFile(path, this.#bounds.of(path));
    if (text.kind !== 'text') {
      this.#unread.set(path, text);
      return undefined;
    }
    const uri = isStdin ? stdinUri(this.#io.cwd) : uriOf(path);
    return { path, file: new ValuesFile(uri, text.text), bom: text.bom };
  }

  /** Why a file could not be read, in words with its name; `problem`: what to put after it. */
  problemOf(path: string, problem?: string): string {
    const name = path === stdinName ? 'standard input' : displayPath(this.#io.cwd, path);
    const unread = this.#unread.get(path) ?? { kind: 'missing' };
    return `${name} ${problem ?? describeUnread(unread)}`;
  }

  async #readStdin(): Promise<TextFile | Unread> {
    if (this.#io.stdin.isTerminal) {
      return {
        kind: 'unreadable',
        problem: 'is a terminal: pipe a values file into it, for example with < prod.yaml',
      };
    }
    return decodeText(await this.#io.stdin.read());
  }
}

/** Makes what a key stands for once. */
export function remember<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
