import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { KnownNames, Project, Settings } from '../core/workspace/settings.ts';
import { combineSettings, projectFileName, readProject } from '../core/workspace/settings.ts';
import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import { stackFileUris } from '../core/workspace/plans.ts';
import { candidateKind, isScript } from '../core/workspace/discovery.ts';
import { Snapshot, type Folder } from '../core/workspace/snapshot.ts';
import { folderOf, isInside, joinUri, normalizeUri, trimSlash } from '../core/stack/uri.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { boundFiles, type FileSource } from '../host/files.ts';
import type { MakeCatalogs } from '../host/generators.ts';
import { Discovery } from './discovery.ts';
import { describeError, type Log } from './log.ts';
import { RuntimeCatalogs } from './runtimeCatalogs.ts';
import { StoredFiles } from './storedFiles.ts';
import { applyChanges } from './textSync.ts';
import { withPatience } from './withPatience.ts';

/** A file that an editor has open: its text is the one that counts. */
export interface OpenDocument {
  /** As the client writes it. Everything else goes by `file.uri`, which is normalized. */
  readonly uri: string;
  readonly version: number;
  readonly file: ValuesFile;
}

export interface WorldOptions {
  readonly catalogs: CatalogSource;
  readonly names: KnownNames;
  readonly files: FileSource;
  /** The editor's settings for a folder. */
  readonly editorSettings: (folder: string) => Promise<Settings>;
  /** `undefined` where no generator can be read. */
  readonly makeCatalogs: MakeCatalogs | undefined;
  /** The user's own places of generators, by release. */
  readonly generatorPaths: () => Promise<Readonly<Record<string, string>>>;
  readonly log: Log;
}

/** The files whose findings may differ from before; `all` when nobody can say. */
export type Changed = 'all' | readonly string[];

interface FolderState {
  readonly editor: Settings;
  readonly project: Project | undefined;
}

/** What has to be read again. */
interface Stale {
  readonly settings?: boolean;
  /** Folders whose project file may have changed. */
  readonly projects?: readonly string[];
  readonly files?: readonly string[];
  /** Files that may have to do with stacks now, or no more. */
  readonly discovered?: readonly string[];
  /** Whether generators have changed. */
  readonly generators?: boolean;
}

/** Of each open file; a file that all stacks share does not make the whole workspace its neighbour. */
const maxStacksReported = 20;

/** In milliseconds: what takes longer to find comes later, so that a large workspace does not hold up the open file. */
const patience = 1500;

/**
 * The one place that changes. It holds the current snapshot and replaces it when a document, a file, a folder or a
 * setting changes. URIs are normalized on the way in.
 */
export class World {
  readonly #options: WorldOptions;
  readonly #documents = new Map<string, OpenDocument>();
  readonly #stored: StoredFiles;
  readonly #folders = new Map<string, FolderState>();
  readonly #listeners: ((changed: Changed) => void)[] = [];
  readonly #discovery: Discovery;
  readonly #runtime: RuntimeCatalogs;
  #active: readonly string[] = [];
  #roots: readonly string[] = [];
  #snapshot: Snapshot;
  #loading: Promise<void> = Promise.resolve();
  #loads = 0;

  constructor(options: WorldOptions) {
    const { catalogs, log, makeCatalogs, generatorPaths } = options;
    const bounds = (): readonly string[] => this.#folderUris();
    const files = boundFiles(options.files, bounds);
    this.#options = options;
    this.#discovery = new Discovery(files, log);
    this.#stored = new StoredFiles(files, log);
    this.#runtime = new RuntimeCatalogs({ shipped: catalogs, make: makeCatalogs, paths: generatorPaths, bounds, log });
    this.#snapshot = Snapshot.of({ catalogs: options.catalogs, folders: [], files: new Map() });
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get documents(): Iterable<OpenDocument> {
    return this.#documents.values();
  }

  /** What the editor should watch: everything that may matter in some folders, and single files elsewhere. */
  get watched(): { readonly folders: readonly string[]; readonly files: readonly string[] } {
    const { roots } = this.#discovery;
    const isCovered = (uri: string): boolean =>
      candidateKind(uri) !== undefined && roots.some(root => isInside(root, uri));
    const projects = [...this.#folders.keys()].map(projectUri);
    const files = [...new Set([...projects, ...this.#stackUris()])].filter(uri => !isCovered(uri));
    return { folders: roots, files: files.sort() };
  }

  /** Folders and archives of generators, which need not be in the workspace. */
  get generators(): readonly string[] {
    return this.#runtime.sources;
  }

  /** The files, open or not, that the user should hear about: project files, their stacks, and the stacks of open files. */
  get reported(): readonly string[] {
    const { plans } = this.#snapshot;
    const ofProjects = plans.filter(plan => plan.kind === 'project');
    const ofOpen = [...this.#documents.keys()].flatMap(uri => this.#snapshot.plansOf(uri).slice(0, maxStacksReported));
    const uris = [...ofProjects, ...ofOpen].flatMap(plan => plan.uris);
    return [...new Set([...[...this.#folders.keys()].map(projectUri), ...uris])].sort();
  }

  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(normalizeUri(uri));
  }

  /** The text behind a normalized URI: a values file, a project file, or any open file. */
  file(uri: string): ValuesFile | undefined {
    const project = this.#folders.get(trimSlash(folderOf(uri)))?.project?.file;
    const known = this.#snapshot.file(uri) ?? (project?.uri === uri ? project : this.#documents.get(uri)?.file);
    return known ?? this.#snapshot.state.scripts?.find(script => script.uri === uri)?.file;
  }

  /** Listeners are called after each change, in the order of their registration. */
  onDidChange(listener: (changed: Changed) => void): void {
    this.#listeners.push(listener);
  }

  /** Whether nothing is being read at the moment. */
  get isSettled(): boolean {
    return this.#loads === 0;
  }

  /** Resolves when everything that was being read at the time of the call is in the snapshot. */
  settled(): Promise<void> {
    return this.#loading;
  }

  open({ uri, version, text }: { readonly uri: string; readonly version: number; readonly text: string }): void {
    const key = normalizeUri(uri);
    this.#setDocument({ uri, version, file: new ValuesFile(key, text, { version, ...previousOf(this.file(key)) }) });
    if (!this.#folderUris().every(folder => this.#folders.has(folder))) this.#reload({});
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const before = this.document(uri);
    if (before === undefined) return this.#options.log.warn(`"${uri}" changed although it is not open`);
    const text = applyChanges(before.file.source, changes);
    const file = new ValuesFile(before.file.uri, text, { version, ...previousOf(before.file) });
    this.#setDocument({ uri: before.uri, version, file });
  }

  close(uri: string): void {
    const key = normalizeUri(uri);
    this.#documents.delete(key);
    const changed = this.#takeOpen(key, undefined);
    const folder = this.#folderOfProjectFile(key);
    if (folder !== undefined) return this.#reload({ projects: [folder] });
    if (this.#discovery.roots.length > 0 && candidateKind(key) !== undefined) {
      // What is on disk may be another text than the one that is shut.
      this.#show(this.#snapshot.withFile(key, this.#discovery.files.get(key)), changed);
      return this.#reload({ discovered: [key], files: [key] });
    }
    if (this.#stackUris().includes(key)) return this.#reload({ files: [key] });
    this.#show(this.#snapshot.withFile(key, undefined), [key]);
    if (this.#folders.size > this.#folderUris().length) this.#reload({});
  }

  /** Sets the workspace folders. Files that lie in none of them take their own folder for one. */
  setRoots(uris: readonly string[]): void {
    this.#roots = uris.map(uri => trimSlash(normalizeUri(uri)));
    this.#find(this.#discovery.setRoots(this.#roots));
  }

  changeRoots(added: readonly string[], removed: readonly string[]): void {
    const gone = removed.map(uri => trimSlash(normalizeUri(uri)));
    this.setRoots([...this.#roots.filter(root => !gone.includes(root)), ...added]);
  }

  /** To be called when files changed on disk; those that nothing here uses are passed over. */
  filesChanged(uris: readonly string[]): void {
    const closed = uris.map(normalizeUri).filter(uri => !this.#documents.has(uri));
    const projects = closed.flatMap(uri => this.#folderOfProjectFile(uri) ?? []);
    const files = closed.filter(uri => this.#stored.has(uri));
    const discovered = this.#discovery.roots.length === 0 ? [] : closed;
    const generators = this.#runtime.areTouched(uris.map(normalizeUri));
    if (projects.length + files.length + discovered.length > 0 || generators)
      this.#reload({ projects, files, discovered, generators });
  }

  /** Has a stack come first wherever one has to. */
  choose(stack: string): void {
    this.#show(this.#snapshot.withActive(stack), 'all');
    this.#active = this.#snapshot.state.active ?? [];
  }

  settingsChanged(): void {
    this.#reload({ settings: true, generators: true });
  }

  /** Waits for a search with everything else, but not for ever. */
  #find(search: Promise<void>): void {
    const again = (): void => this.#reload({ discovered: [] });
    this.#reload({ discovered: [] }, withPatience(search, patience, again));
  }

  #setDocument(document: OpenDocument): void {
    const { uri } = document.file;
    this.#documents.set(uri, document);
    const folder = this.#folderOfProjectFile(uri);
    const state = folder === undefined ? undefined : this.#folders.get(folder);
    if (folder === undefined) this.#setText(document.file);
    else if (state !== undefined) this.#setProject(folder, state, document.file);
  }

  #setText(file: ValuesFile): void {
    const before = this.#snapshot;
    const { uri } = file;
    const concerned = this.#takeOpen(uri, file);
    const next = isScript(uri) ? this.#snapshot : this.#snapshot.withFile(uri, file);
    this.#show(next, next.hasStacksOf(before) ? concerned : 'all');
    // Another list of plans: the text may name other files.
    if (this.#snapshot.plans !== before.plans && this.#hasUnread()) this.#reload({});
  }

  /** What an open file says to other files: its commands and its pull secrets. */
  #takeOpen(uri: string, file: ValuesFile | undefined): Changed {
    const { isOtherScript, areOtherSecrets } = this.#discovery.setOpen(uri, file);
    if (isOtherScript) this.#snapshot = this.#snapshot.withScripts(this.#discovery.scripts);
    if (areOtherSecrets) this.#snapshot = this.#snapshot.withSecrets(this.#discovery.secrets);
    return areOtherSecrets ? 'all' : [uri];
  }

  #setProject(folder: string, state: FolderState, file: ValuesFile): void {
    this.#folders.set(folder, { ...state, project: readProject(file, this.#options.names, state.project) });
    this.#show(this.#snapshot.withFolders(this.#folderList()), 'all');
    if (this.#hasUnread()) this.#reload({ projects: [folder] });
  }

  /** Whether stacks name other files than those that were read, or files that were missing are open now. */
  #hasUnread(): boolean {
    const { missing } = this.#snapshot.state;
    const isKnown = (uri: string): boolean => this.#documents.has(uri) || this.#discovery.files.has(uri);
    const wanted = new Set(this.#stackUris());
    const needed = [...wanted].filter(uri => !isKnown(uri));
    return (
      this.#runtime.isStale(this.#snapshot) ||
      needed.some(uri => !this.#stored.has(uri)) ||
      this.#stored.uris.some(uri => !isKnown(uri) && !wanted.has(uri)) ||
      [...this.#documents.keys()].some(uri => missing?.has(uri))
    );
  }

  #show(snapshot: Snapshot, changed: Changed): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener(changed);
  }

  /** One reading after the other, so that an older one never replaces a newer one. */
  #reload(stale: Stale, after?: Promise<void>): void {
    this.#loads++;
    this.#loading = this.#loading
      .then(() => after)
      .then(() => this.#load(stale))
      .catch((error: unknown) => this.#options.log.error(`Reading the workspace failed: ${describeError(error)}`))
      .then(() => {
        this.#loads--;
        this.#show(this.#snapshot, []);
      });
  }

  async #load({ settings = false, projects = [], files = [], discovered, generators = false }: Stale): Promise<void> {
    const folders = this.#folderUris();
    const isFound = discovered !== undefined && (discovered.length === 0 || (await this.#discovery.update(discovered)));
    const hasFolders = this.#folders.size === folders.length && folders.every(uri => this.#folders.has(uri));
    const isSame = !settings && !isFound && projects.length === 0 && hasFolders;
    await Promise.all(folders.map(uri => this.#loadFolder(uri, { settings, project: projects.includes(uri) })));
    for (const uri of this.#folders.keys()) if (!folders.includes(uri)) this.#folders.delete(uri);
    // With these folders, the files that are known by now tell which others are needed.
    if (!isSame) this.#snapshot = this.#freshSnapshot();
    // With other folders, other files may be read.
    const read = await this.#loadStored(hasFolders ? files : this.#stored.uris);
    if (!isSame || read.length > 0) this.#snapshot = this.#freshSnapshot();
    const isOther = generators || this.#runtime.isStale(this.#snapshot);
    if (isOther) await this.#runtime.load(this.#snapshot);
    // Documents may have changed while the last ones were read.
    if (isOther || !isSame || read.length > 0) this.#show(this.#freshSnapshot(), 'all');
  }

  #freshSnapshot(): Snapshot {
    const found = this.#discovery.files;
    const known = [...new Set([...this.#stored.uris, ...found.keys(), ...this.#documents.keys()])];
    const files = known.flatMap((uri): [string, ValuesFile][] => {
      const file = this.#documents.get(uri)?.file ?? found.get(uri) ?? this.#stored.get(uri);
      const isText = file instanceof ValuesFile && !isScript(uri);
      return isText && this.#folderOfProjectFile(uri) === undefined ? [[uri, file]] : [];
    });
    return Snapshot.of({
      catalogs: this.#runtime.current,
      folders: this.#folderList(),
      files: new Map(files),
      ...this.#stored.unread(uri => this.#documents.has(uri)),
      scripts: this.#discovery.scripts,
      secrets: this.#discovery.secrets,
      active: this.#active,
    });
  }

  async #loadFolder(uri: string, stale: { readonly settings: boolean; readonly project: boolean }): Promise<void> {
    const known = this.#folders.get(uri);
    if (known !== undefined && !stale.settings && !stale.project) return;
    const isOpen = this.#documents.has(projectUri(uri));
    const [editor, read] = await Promise.all([
      known === undefined || stale.settings ? this.#options.editorSettings(uri) : known.editor,
      !isOpen && (known === undefined || stale.project) ? this.#readProjectFile(uri) : known?.project,
    ]);
    // An editor may have opened or changed the project file in the meantime.
    const open = this.#documents.get(projectUri(uri))?.file;
    const project = open === undefined ? read : readProject(open, this.#options.names, this.#folders.get(uri)?.project);
    this.#folders.set(uri, { editor, project });
  }

  async #readProjectFile(folder: string): Promise<Project | undefined> {
    const uri = projectUri(folder);
    const before = this.#folders.get(folder)?.project;
    const result = await this.#stored.read(uri);
    if (result.kind === 'text') return readProject(new ValuesFile(uri, result.text), this.#options.names, before);
    return result.kind === 'missing' ? undefined : before;
  }

  /** Reads the files of stacks that are not open, unless their text is known. Returns those that it read. */
  #loadStored(stale: readonly string[]): Promise<readonly string[]> {
    const needed = this.#stackUris().filter(uri => !this.#discovery.files.has(uri));
    const closed = needed.filter(uri => !this.#documents.has(uri));
    return this.#stored.load(new Set(needed), closed, stale);
  }

  #folderUris(): readonly string[] {
    const loose = [...this.#documents.keys()]
      .filter(uri => uri.includes('://') && !this.#roots.some(root => isInside(root, uri)))
      .map(uri => trimSlash(folderOf(uri)));
    return [...new Set([...this.#roots, ...loose])];
  }

  #folderList(): readonly Folder[] {
    return [...this.#folders].map(([uri, { editor, project }]) => ({
      uri,
      settings: project === undefined ? editor : combineSettings(editor, project.settings),
      project,
    }));
  }

  #stackUris(): readonly string[] {
    return stackFileUris({ ...this.#snapshot.state, folders: this.#folderList() });
  }

  #folderOfProjectFile(uri: string): string | undefined {
    if (!uri.endsWith(`/${projectFileName}`)) return undefined;
    const folder = trimSlash(folderOf(uri));
    return this.#folderUris().includes(folder) ? folder : undefined;
  }
}

/** A text that is no values file is not parsed, so there is nothing to start from. */
function previousOf(file: ValuesFile | undefined): { readonly previous?: ValuesFile } {
  return file?.isValues === true ? { previous: file } : {};
}

function projectUri(folder: string): string {
  return joinUri(folder, projectFileName);
}
