import { projectFileName, type KnownNames, type Settings } from '../core/workspace/settings.ts';
import type { SnapshotState } from '../core/workspace/state.ts';
import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import { stackFileUris } from '../core/workspace/plans.ts';
import { candidateKind, isScript } from '../core/workspace/discovery.ts';
import { Snapshot } from '../core/workspace/snapshot.ts';
import { folderAround } from '../core/workspace/paths.ts';
import { folderOf, isInside, normalizeUri, trimSlash } from '../core/stack/uri.ts';
import type { ValuesFile } from '../core/stack/valuesFile.ts';
import type { StackVerification } from '../core/verify/types.ts';
import { boundFiles, type FileSource, type Files } from '../host/files.ts';
import type { MakeCatalogs } from '../host/generators.ts';
import { Repositories } from '../loader/repositories.ts';
import { StackFiles } from '../loader/stackFiles.ts';
import { Calm } from './calm.ts';
import { Discovery } from './discovery.ts';
import { Loads } from './loads.ts';
import { describeError, type Log } from './log.ts';
import { OpenFolders } from './openFolders.ts';
import { OpenDocuments, type OpenDocument } from './openDocuments.ts';
import { ReportedFiles } from './reportedFiles.ts';
import { RuntimeCatalogs } from './runtimeCatalogs.ts';
import { joinStale, type Stale } from './stale.ts';
import { UnreadLog } from './unreadLog.ts';
import { watchedFiles, type WatchedFiles } from './watchedFiles.ts';
import { withPatience } from './withPatience.ts';

export interface OpenWorkspaceOptions {
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

/** The files whose findings may differ from before; `all` when that is not known. */
export type Changed = 'all' | readonly string[];

const tooLarge = 'is not read: it is larger than 10 MB';

/** In milliseconds: less than others wait for what is found, so that there is time to work with it. */
const searchPatience = 1000;

/**
 * The one place that changes. It holds the current snapshot and replaces it when a document, a file, a folder or a
 * setting changes. URIs are normalized on the way in.
 */
export class OpenWorkspace {
  readonly #options: OpenWorkspaceOptions;
  /** Those within the folders of the workspace. */
  readonly files: Files;
  readonly #documents: OpenDocuments;
  readonly #stackFiles: StackFiles;
  /** Open documents whose text is too large. */
  readonly #large = new Set<string>();
  readonly #folders: OpenFolders;
  readonly #listeners: ((changed: Changed) => void)[] = [];
  readonly #discovery: Discovery;
  readonly #repositories: Repositories;
  readonly #runtime: RuntimeCatalogs;
  /** What no file says. */
  #kept: Pick<SnapshotState, 'active' | 'verified'> = {};
  #roots: readonly string[] = [];
  /** Whether folders are not read for the first time yet. */
  #isReading = true;
  #snapshot: Snapshot;
  readonly #loads = new Loads<Stale>({
    load: stale => this.#load(stale),
    join: joinStale,
    onError: error => this.#options.log.error(`Reading the workspace failed: ${describeError(error)}`),
    onSettled: () => this.#show(this.#snapshot, []),
  });
  /** Files that changed on disk since they were last read. */
  readonly #touched = new Set<string>();
  readonly #calm = new Calm();
  readonly #reported = new ReportedFiles();

  constructor(options: OpenWorkspaceOptions) {
    const { catalogs, log, makeCatalogs, generatorPaths } = options;
    const bounds = (): readonly string[] => this.outerFolders;
    const files = (this.files = boundFiles(options.files, bounds));
    this.#options = options;
    this.#documents = new OpenDocuments(log);
    this.#discovery = new Discovery(files, log, uri => this.#documents.get(uri)?.file);
    this.#repositories = new Repositories(files);
    const unread = new UnreadLog(log);
    this.#folders = new OpenFolders({
      files,
      names: options.names,
      editorSettings: options.editorSettings,
      openFile: uri => this.#documents.get(uri)?.file,
      unread,
    });
    this.#stackFiles = new StackFiles({
      files,
      isOpen: uri => this.#documents.has(uri),
      onRead: (uri, result) => unread.take(uri, result),
    });
    this.#runtime = new RuntimeCatalogs({
      shipped: catalogs,
      make: makeCatalogs,
      paths: generatorPaths,
      bounds,
      log,
    });
    this.#snapshot = Snapshot.of({ catalogs, folders: [], files: new Map(), isReading: true });
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get documents(): Iterable<OpenDocument> {
    return this.#documents;
  }

  /** What the editor should watch: everything that may matter in some folders, and single files elsewhere. */
  get watched(): WatchedFiles {
    return watchedFiles(this.#discovery.roots, [...this.#folders.projectUris, ...this.#stackUris()]);
  }

  /** Folders and archives of generators, which need not be in the workspace. */
  get generators(): readonly string[] {
    return this.#runtime.sources;
  }

  /** The files, open or not, that the user should hear about, sorted. */
  get reported(): ReadonlySet<string> {
    const { projectUris } = this.#folders;
    return this.#reported.of(this.#snapshot, { open: this.#documents.uris, projectFiles: projectUris });
  }

  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(normalizeUri(uri));
  }

  /** The text of a normalized URI: a values file, a project file, or any open file. */
  file(uri: string): ValuesFile | undefined {
    const project = this.#folders.projectFile(trimSlash(folderOf(uri)));
    const known =
      this.#snapshot.file(uri) ?? (project?.uri === uri ? project : this.#documents.get(uri)?.file);
    return known ?? this.#snapshot.state.scripts?.find(script => script.uri === uri)?.file;
  }

  /** Listeners are called after each change, in the order of their registration. */
  onDidChange(listener: (changed: Changed) => void): void {
    this.#listeners.push(listener);
  }

  /** Whether nothing is being read at the moment, or for so long that nobody should wait for it. */
  get isSettled(): boolean {
    return this.#loads.isSettled;
  }

  /** The folders of the workspace, and those of files that are in none of them. */
  get outerFolders(): readonly string[] {
    const loose = this.#documents.uris
      .filter(uri => uri.includes('://') && !this.#roots.some(root => isInside(root, uri)))
      .map(uri => trimSlash(folderOf(uri)));
    return [...new Set([...this.#roots, ...loose])];
  }

  /** Resolves when everything that was being read at the time of the call is in the snapshot, or takes too long. */
  settled(): Promise<void> {
    return this.#loads.settled();
  }

  /** Takes what a client says, which may be anything. */
  open(document: unknown): void {
    const opened = this.#documents.open(document, uri => this.file(uri));
    if (opened === undefined) return;
    this.#setDocument(opened);
    if (!this.#folderUris().every(folder => this.#folders.has(folder))) this.#loads.request({});
  }

  change(document: unknown, changes: unknown): void {
    const changed = this.#documents.change(document, changes);
    if (changed !== undefined) this.#setDocument(changed);
  }

  close(uri: string): void {
    const key = normalizeUri(uri);
    if (!this.#documents.has(key)) return;
    this.#documents.close(key);
    this.#forgetLarge(key);
    const changed = this.#takeOpen(key, undefined);
    const folder = this.#folderOfProjectFile(key);
    if (folder !== undefined) return this.#loads.request({ projects: [folder] });
    if (this.#discovery.roots.length > 0 && candidateKind(key) !== undefined) {
      // What is on disk may be another text than the one that is shut.
      this.#show(this.#snapshot.withFile(key, this.#discovery.files.get(key)), changed);
      this.#touched.add(key);
      return this.#loads.request({});
    }
    if (this.#stackUris().includes(key)) return this.#loads.request({ files: [key] });
    this.#show(this.#snapshot.withFile(key, undefined), [key]);
    if (!this.#folders.areThese(this.#folderUris())) this.#loads.request({});
  }

  /** Sets the workspace folders. Files that are in none of them take their own folder for one. */
  setRoots(uris: readonly string[]): void {
    this.#roots = uris.map(uri => trimSlash(normalizeUri(uri)));
    this.#isReading = true;
    // Everything else is waited for with it, but not for ever.
    this.#loads.request({ found: true }, this.#withPatience(this.#discovery.setRoots(this.#roots)));
  }

  changeRoots(added: readonly string[], removed: readonly string[]): void {
    const gone = removed.map(uri => trimSlash(normalizeUri(uri)));
    this.setRoots([...this.#roots.filter(root => !gone.includes(root)), ...added]);
  }

  /** To be called when files changed on disk; those that nothing here uses are ignored. */
  filesChanged(uris: readonly string[]): void {
    for (const uri of uris) this.#touched.add(normalizeUri(uri));
    this.#loads.request({}, this.#calm.note());
  }

  /** Has a stack come first wherever one has to. */
  choose(stack: string): void {
    this.#keep(this.#snapshot.withActive(stack), 'all');
  }

  /** Keeps what registries were seen to have of a stack. */
  setVerified(stack: string, verification: StackVerification): void {
    this.#keep(this.#snapshot.withVerified(stack, verification), []);
  }

  settingsChanged(): void {
    this.#loads.request({ settings: true, generators: true });
  }

  /** Waits for a search, which comes back when it is done if it takes too long. */
  #withPatience(search: Promise<void>): Promise<void> {
    return withPatience(search, searchPatience, () => this.#loads.request({ found: true }));
  }

  #setDocument(document: OpenDocument): void {
    const { uri } = document.file;
    if (document.isTooLarge) return this.#setLarge(uri);
    this.#forgetLarge(uri);
    const folder = this.#folderOfProjectFile(uri);
    if (folder === undefined) this.#setText(document.file);
    else if (this.#folders.has(folder)) this.#setProject(folder, document.file);
  }

  /** Nothing is known of a text that is too large, as of a file that is. */
  #setLarge(uri: string): void {
    if (this.#large.has(uri)) return this.#show(this.#snapshot, [uri]);
    this.#large.add(uri);
    this.#takeOpen(uri, this.#documents.get(uri)?.file);
    this.#show(this.#freshSnapshot(), 'all');
  }

  #forgetLarge(uri: string): void {
    if (this.#large.delete(uri)) this.#show(this.#freshSnapshot(), 'all');
  }

  #setText(file: ValuesFile): void {
    const before = this.#snapshot;
    const { uri } = file;
    const concerned = this.#takeOpen(uri, file);
    const next = isScript(uri) ? this.#snapshot : this.#snapshot.withFile(uri, file);
    this.#show(next, next.hasStacksOf(before) ? concerned : 'all');
    // Another list of plans: the text may name other files.
    if (this.#snapshot.plans !== before.plans && this.#hasUnread()) this.#loads.request({});
  }

  /** What an open file says to other files: its commands and its pull secrets. */
  #takeOpen(uri: string, file: ValuesFile | undefined): Changed {
    const { isOtherScript, areOtherSecrets } = this.#discovery.setOpen(uri, file);
    if (isOtherScript) this.#snapshot = this.#snapshot.withScripts(this.#discovery.scripts);
    if (areOtherSecrets) this.#snapshot = this.#snapshot.withSecrets(this.#discovery.secrets);
    return areOtherSecrets ? 'all' : [uri];
  }

  #setProject(folder: string, file: ValuesFile): void {
    this.#folders.setProject(folder, file);
    this.#show(this.#snapshot.withFolders(this.#folders.list), 'all');
    if (this.#hasUnread()) this.#loads.request({ projects: [folder] });
  }

  /** Whether stacks name other files than those that were read, or files that were missing are open now. */
  #hasUnread(): boolean {
    const { missing } = this.#snapshot.state;
    const isKnown = (uri: string): boolean => this.#documents.has(uri) || this.#discovery.files.has(uri);
    const wanted = new Set(this.#stackUris());
    const needed = [...wanted].filter(uri => !isKnown(uri));
    return (
      this.#runtime.isStale(this.#snapshot) ||
      needed.some(uri => !this.#stackFiles.has(uri)) ||
      this.#stackFiles.uris.some(uri => !isKnown(uri) && !wanted.has(uri)) ||
      this.#documents.uris.some(uri => missing?.has(uri))
    );
  }

  #keep(snapshot: Snapshot, changed: Changed): void {
    const { active, verified } = snapshot.state;
    this.#kept = { ...(active && { active }), ...(verified && { verified }) };
    this.#show(snapshot, changed);
  }

  #show(snapshot: Snapshot, changed: Changed): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener(changed);
  }

  async #load({
    settings = false,
    projects = [],
    files = [],
    found = false,
    generators = false,
  }: Stale): Promise<void> {
    const touched = [...this.#touched];
    this.#touched.clear();
    const closed = touched.filter(uri => !this.#documents.has(uri));
    const changedProjects = [...projects, ...closed.flatMap(uri => this.#folderOfProjectFile(uri) ?? [])];
    const isFound = (await this.#findAgain(closed)) || found;
    const folders = this.#folderUris();
    const hasFolders = this.#folders.areThese(folders);
    const isSame = !settings && !isFound && changedProjects.length === 0 && hasFolders;
    const loadFolder = (uri: string): Promise<void> =>
      this.#folders.load(uri, folderAround(uri, this.outerFolders), {
        settings,
        project: changedProjects.includes(uri),
      });
    await Promise.all([...folders.map(loadFolder), this.#repositories.load(folders)]);
    this.#folders.keepOnly(folders);
    // With these folders, the files that are known by now tell which others are needed.
    if (!isSame) this.#snapshot = this.#freshSnapshot();
    // With other folders, other files may be read.
    const again = [...files, ...closed.filter(uri => this.#stackFiles.has(uri))];
    const read = await this.#stackFiles.load(this.#ownState(), hasFolders ? again : this.#stackFiles.uris);
    if (!isSame || read.length > 0) this.#snapshot = this.#freshSnapshot();
    const isOther = generators || this.#runtime.areTouched(touched) || this.#runtime.isStale(this.#snapshot);
    if (isOther) await this.#runtime.load(this.#snapshot);
    // Documents may have changed while the last ones were read.
    const isRead = this.#isReading && !this.#discovery.isSearching;
    if (isRead) this.#isReading = false;
    if (isOther || !isSame || read.length > 0 || isRead) this.#show(this.#freshSnapshot(), 'all');
  }

  /** Looks again at files that changed. Resolves to whether anything is new. */
  async #findAgain(touched: readonly string[]): Promise<boolean> {
    if (touched.length === 0 || this.#discovery.roots.length === 0) return false;
    const search = this.#discovery.searchAgain(touched);
    if (search !== undefined) await this.#withPatience(search);
    return (await this.#discovery.update(touched)) || search !== undefined;
  }

  #freshSnapshot(): Snapshot {
    return Snapshot.of(this.#stackFiles.addTo(this.#ownState()));
  }

  /** What is open, and what a search has found; not yet the files that its stacks name besides. */
  #ownState(): SnapshotState {
    const open = [...this.#documents].map(({ file }): [string, ValuesFile] => [file.uri, file]);
    const files = new Map([...this.#discovery.files, ...open]);
    for (const uri of files.keys()) {
      const isProject = this.#folderOfProjectFile(uri) !== undefined;
      if (isProject || isScript(uri) || this.#large.has(uri)) files.delete(uri);
    }
    return {
      catalogs: this.#runtime.current,
      folders: this.#folders.list,
      files,
      unreadable: new Map([...this.#large].map(uri => [uri, tooLarge])),
      scripts: this.#discovery.scripts,
      outputs: this.#discovery.outputs,
      bases: this.#discovery.bases,
      readsGenerators: this.#runtime.readsGenerators,
      secrets: this.#discovery.secrets,
      repositories: this.#repositories.list,
      ...(this.#isReading && { isReading: true }),
      ...this.#kept,
      today: new Date().toISOString().slice(0, 10),
    };
  }

  /** All folders whose settings count: the outer ones, and those of the project files in them. */
  #folderUris(): readonly string[] {
    return [...new Set([...this.outerFolders, ...this.#discovery.projectFolders])];
  }

  #stackUris(): readonly string[] {
    return stackFileUris({ ...this.#snapshot.state, folders: this.#folders.list });
  }

  #folderOfProjectFile(uri: string): string | undefined {
    if (!uri.endsWith(`/${projectFileName}`)) return undefined;
    const folder = trimSlash(folderOf(uri));
    return this.#folderUris().includes(folder) ? folder : undefined;
  }
}
