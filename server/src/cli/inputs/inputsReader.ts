import { basename, dirname, resolve } from 'node:path';
import { rules } from '../../core/rules/index.ts';
import { projectFileName, type KnownNames, type Project } from '../../core/workspace/settings.ts';
import { Snapshot, type Folder, type SnapshotState } from '../../core/workspace/snapshot.ts';
import { mayBeMade, standalonePlan, type StackPlan } from '../../core/stack/plan.ts';
import { type Catalogs } from '../../host/catalogs.ts';
import type { NeededCatalogs } from '../../loader/neededCatalogs.ts';
import { Repositories } from '../../loader/repositories.ts';
import { fileProblems } from '../../host/files.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import { absentLayers } from './absentLayers.ts';
import { isGeneratorsBase } from './generatorsBase.ts';
import { groupsBeside } from './besideNamed.ts';
import { FileStore, type LoadedFile } from './fileStore.ts';
import {
  applicationsIn,
  givenStack,
  isGiven,
  projectStacks,
  stacksIn,
  stacksOf,
  stateOf,
} from './foundStacks.ts';
import type { FoundStacks, Reader } from './foundStacks.ts';
import type { Io } from '../io/io.ts';
import { foldersApart, withStacksAround } from './namingStacks.ts';
import { describeNoStack } from './noStack.ts';
import { displayPath, isWithin, pathOf, stdinName, uriOf, resolveNamed } from '../io/paths.ts';
import { sharedFiles, SharedFiles } from './otherStacks.ts';
import { ProjectFolders } from './projectFolders.ts';
import { ReadBounds } from '../readBounds.ts';
import { namedPaths, type Request } from './request.ts';
import { findSecrets } from './secrets.ts';
import { catalogsFor, defaultsPlan, describeUnknown, withDefaults } from './givenDefaults.ts';
import { failed, skippedFile, type InputsResult, type ReaderOptions, type SkippedFile } from './inputs.ts';

/** Reads what a request is about. */
export class InputsReader {
  readonly #io: Io;
  readonly #catalogs: Catalogs;
  readonly #options: ReaderOptions;
  readonly #store: FileStore;
  readonly #folders: ProjectFolders;
  readonly #plans: StackPlan[] = [];
  readonly #files = new Map<string, LoadedFile>();
  readonly #skipped: SkippedFile[] = [];
  /** What could not be read and why, by path. */
  readonly #problems = new Map<string, string>();
  readonly #missing = new Set<string>();
  /** The files of stacks that are there and cannot be read, and why, by URI. */
  readonly #unreadable = new Map<string, string>();
  /** The URIs of the defaults of generators. */
  readonly #bases = new Set<string>();
  readonly #bounds: ReadBounds;
  readonly #reader: Reader;
  /** What it reads for the sake of one file leaves no folders here. */
  readonly #readerApart: Reader;
  /** The URIs of files that were named and that define stacks. */
  readonly #named = new Set<string>();
  /** The folders in which all stacks were looked for. */
  readonly #searched: string[] = [];
  /** The folder whose project file lists the stacks, where nothing else was looked for. */
  #listed: Folder | undefined;

  constructor(io: Io, catalogs: Catalogs, options: ReaderOptions) {
    const names: KnownNames = { releases: catalogs.releases, codes: rules.map(rule => rule.code) };
    this.#io = io;
    this.#catalogs = catalogs;
    this.#options = options;
    this.#bounds = new ReadBounds(io.cwd, options.confined);
    this.#store = new FileStore(io, names, this.#bounds);
    this.#folders = new ProjectFolders(io.cwd, this.#store, options.config);
    this.#reader = {
      catalogs,
      files: this.#store.files,
      search: folder => this.#store.search(folder),
      searchNear: folder => this.#store.searchNear(folder),
      folderFor: path => this.#folders.folderFor(path),
      pathOf: uri => pathOf(io.cwd, uri),
      near: new Map(),
    };
    const folderFor = foldersApart(io.cwd, folder => this.#folders.projectFor(folder));
    this.#readerApart = { ...this.#reader, folderFor, near: new Map() };
  }

  async build(request: Request): Promise<InputsResult> {
    await this.#takeBounds(request);
    const message = await this.#add(request);
    if (this.#folders.broken.size > 0) return failed(...this.#folders.broken);
    if (message !== undefined) return failed(...this.#problems.values(), message);
    const projects = [...new Set(this.#folders.list.flatMap(folder => folder.project ?? []))];
    const isEmpty = this.#plans.length + this.#skipped.length + this.#bases.size === 0;
    if (isEmpty && this.#problems.size > 0) return failed(...this.#problems.values());
    const bare = this.#snapshot();
    const made = await this.#makeCatalogs(bare);
    const repositories = new Repositories(this.#store.files);
    await repositories.load(this.#folders.list.map(({ uri }) => uri));
    const { catalogs } = made;
    const shared = new SharedFiles(() => this.#sharedFiles(bare));
    const state = { ...bare.state, catalogs, repositories: repositories.list };
    const snapshot = Snapshot.of({ ...state, shared: await shared.neededBy(bare.state) });
    const unknown = this.#unknownDefaults(snapshot, made);
    if (unknown !== undefined) return failed(unknown);
    const absent = this.#absent(snapshot);
    return {
      kind: 'inputs',
      inputs: {
        snapshot: snapshot.withSecrets(await this.#secrets()),
        made,
        plans: this.#plans.length === 0 ? [] : snapshot.plans,
        files: [...this.#files.values()],
        projects,
        problems: [...this.#problems.values()],
        skipped: this.#skipped,
        absent,
        isEverything: project => this.#isEverything(project),
        isSearched: folder => this.#isSearched(folder),
        shared: () => shared.read(),
        beside: () => groupsBeside(this.#plans, this.#reader, this.#io.cwd),
        leftOut: () => this.#leftOut(),
      },
    };
  }

  /** Before anything is read: what a file names counts less than what the user does. */
  async #takeBounds(request: Request): Promise<void> {
    const { config } = this.#options;
    const named = [...namedPaths(request)];
    if (config !== undefined) named.push(config);
    for (const path of named) if (path !== stdinName) await this.#bounds.addNamed(this.#resolve(path));
    for (const folder of this.#bounds.folders) {
      const foundProject = await this.#folders.projectFor(folder);
      if (foundProject.kind === 'project') this.#bounds.addFolder(dirname(foundProject.path));
    }
  }

  /** What should be here is a problem where no rule tells of it. */
  #absent(snapshot: Snapshot): readonly string[] {
    if (this.#options.takes === 'values') return [];
    const { elsewhere, missing } = absentLayers(snapshot);
    for (const uri of missing) this.#takeUnread(uri, snapshot.state, false);
    return elsewhere;
  }

  #makeCatalogs(snapshot: Snapshot): Promise<NeededCatalogs> {
    const given = this.#options.defaults.generator?.places ?? [];
    return catalogsFor(snapshot, [...this.#bounds.folders.map(uriOf), ...given], this.#bounds.confinedTo);
  }

  /** A message when there is no catalog of what the user gave; what files say is up to the findings. */
  #unknownDefaults(snapshot: Snapshot, made: NeededCatalogs): string | undefined {
    const { release, generator } = this.#options.defaults;
    if (release === undefined && generator === undefined) return undefined;
    const lost = snapshot.plans.find(plan => snapshot.view(plan) === undefined);
    return lost && describeUnknown(this.#io, lost, made, this.#options.hint);
  }

  #snapshot(): Snapshot {
    // Also where there is nothing to check, it should be said that there is no such release.
    const { defaults } = this.#options;
    const given =
      this.#plans.length > 0 ? this.#plans : [withDefaults(defaultsPlan(undefined, undefined), defaults)];
    return Snapshot.of({
      catalogs: this.#catalogs,
      folders: this.#folders.list,
      files: new Map([...this.#files.values()].map(({ file }) => [file.uri, file])),
      missing: this.#missing,
      unreadable: this.#unreadable,
      bases: this.#bases,
      today: this.#io.today,
      given,
    });
  }

  #secrets(): ReturnType<typeof findSecrets> {
    const files = [...this.#files.values()].map(({ file }) => file);
    return findSecrets(
      this.#folders.list.map(({ uri }) => uri),
      files,
      this.#reader,
    );
  }

  async #leftOut(): Promise<readonly StackPlan[]> {
    if (this.#listed === undefined) return [];
    const { plans } = await applicationsIn(this.#listed, this.#readerApart);
    return plans;
  }

  #sharedFiles({ plans, state }: Snapshot): Promise<ReadonlySet<string>> {
    const { release, generator } = this.#options.defaults;
    return sharedFiles({
      plans,
      files: [...state.files.keys()],
      cwd: this.#io.cwd,
      reader: this.#readerApart,
      isSearch: this.#searched.length > 0,
      isReleaseGiven: (release ?? generator) !== undefined,
      isConfined: this.#bounds.confinedTo !== undefined,
    });
  }

  /** Whether all files were looked for that a project file counts for. */
  #isEverything({ file }: Project): boolean {
    const { cwd } = this.#io;
    const own = this.#options.config === undefined ? dirname(pathOf(cwd, file.uri)) : cwd;
    return this.#isSearched(own);
  }

  #isSearched(path: string): boolean {
    return this.#searched.some(folder => isWithin(folder, path));
  }

  /** A message when there is nothing to work on. */
  async #add(request: Request): Promise<string | undefined> {
    switch (request.kind) {
      case 'files':
        for (const path of request.paths) await this.#addOperand(path);
        return undefined;
      case 'layers':
        return this.#addLayers(request.paths);
      case 'stack':
        return this.#addStack(request.name);
      case 'found':
        return this.#addFound();
    }
  }

  async #addOperand(operand: string): Promise<void> {
    const path = this.#resolve(operand);
    if (path !== stdinName && (await pathKind(path)) === 'folder') return this.#addFolder(path);
    const foundProject = basename(path) === projectFileName ? await this.#store.readProject(path) : undefined;
    if (foundProject !== undefined) return this.#folders.add(foundProject);
    const loaded = await this.#read(path);
    if (loaded === undefined) return;
    const defined = await stacksOf(loaded.file, this.#reader);
    if (defined.plans.length > 0) {
      this.#named.add(loaded.file.uri);
      return this.#addStacks(defined);
    }
    if (this.#options.takes === 'values' && (await isGeneratorsBase(path))) return this.#addBase(loaded);
    if (this.#options.takes === 'values' && !loaded.file.isValues) {
      this.#skipped.push(skippedFile(operand, defined.state, uriOf(this.#io.cwd)));
      return;
    }
    const folder = await this.#folders.folderFor(path);
    const plan = standalonePlan(loaded.file.uri, folder.uri, folder.settings.release);
    const named = await this.#withStacks({ ...plan, isNamed: true }, path);
    await this.#addPlan(named, stateOf(this.#catalogs, [loaded.file]));
  }

  async #withStacks(plan: StackPlan, path: string): Promise<StackPlan> {
    if (path === stdinName) return plan;
    const { release, generator } = this.#options.defaults;
    const isGiven = (release ?? generator) !== undefined;
    return withStacksAround(plan, { cwd: this.#io.cwd, reader: this.#readerApart, isGiven });
  }

  async #addLayers(paths: readonly string[]): Promise<string | undefined> {
    const resolved = paths.map(path => this.#resolve(path));
    const loaded = await Promise.all(resolved.map(path => this.#read(path)));
    const folders = await Promise.all(resolved.map(path => this.#folders.folderFor(path)));
    const folder = folders.at(-1);
    const files = loaded.flatMap(layer => layer?.file ?? []);
    if (files.length < loaded.length) return 'a stack needs all of its files';
    await this.#addPlan(givenStack(files, folder), stateOf(this.#catalogs, files));
    return undefined;
  }

  /** A stack of the project file, else one that is found from the working directory. */
  async #addStack(name: string): Promise<string | undefined> {
    const { cwd } = this.#io;
    const folder = await this.#folders.folderFor(resolve(cwd, projectFileName));
    const own = await projectStacks(folder, this.#reader);
    const isWanted = (plan: StackPlan): boolean => plan.name === name;
    const { plans, state } = own.plans.some(isWanted) ? own : await stacksIn(cwd, this.#reader);
    const plan = plans.find(isWanted);
    if (plan === undefined) return describeNoStack({ name, cwd, project: folder.project, plans });
    await this.#addPlan(plan, state);
    if (this.#plans.length === 0 && this.#problems.size > 0) return `stack "${name}" needs all of its files`;
    return undefined;
  }

  async #addFound(): Promise<string | undefined> {
    const folder = await this.#folders.folderFor(resolve(this.#io.cwd, projectFileName));
    const own = await projectStacks(folder, this.#reader);
    this.#searched.push(this.#io.cwd);
    if (own.plans.length > 0) {
      this.#searched.push(pathOf(this.#io.cwd, folder.uri));
      await this.#addStacks(own);
      if (this.#options.scope === 'all')
        await this.#addStacks(await applicationsIn(folder, this.#readerApart));
      else this.#listed = folder;
      if (this.#plans.length === 0 && this.#problems.size > 0) return 'no stack has all of its files';
      return undefined;
    }
    const found = await stacksIn(this.#io.cwd, this.#reader);
    await this.#addStacks(found);
    const bases = await this.#addBases(found.state);
    if (found.plans.length > 0 || (bases > 0 && this.#options.takes === 'values')) return undefined;
    if (this.#options.takes === 'any') return this.#addDefaults(folder);
    if (this.#problems.size > 0) return 'there is no other deployKF values file here';
    return `there is no deployKF values file in ${this.#io.cwd}: name one, or write one first`;
  }

  /** The release alone, without any values. */
  #addDefaults(folder: Folder): undefined {
    this.#plans.push(withDefaults(defaultsPlan(folder.settings.release, folder.uri), this.#options.defaults));
    return undefined;
  }

  async #addFolder(path: string): Promise<void> {
    this.#searched.push(path);
    const found = await stacksIn(path, this.#reader);
    await this.#addStacks(found);
    const name = displayPath(this.#io.cwd, path);
    const bases = await this.#addBases(found.state);
    if (found.plans.length + bases + (found.unread?.size ?? 0) === 0)
      this.#problems.set(path, `${name} does not contain a deployKF values file`);
  }

  /** Takes in the defaults of generators, which are looked at by themselves; tells how many there are. */
  async #addBases({ bases = new Set() }: SnapshotState): Promise<number> {
    for (const uri of this.#options.takes === 'values' ? bases : []) {
      const loaded = await this.#store.read(pathOf(this.#io.cwd, uri));
      if (loaded !== undefined) this.#addBase(loaded);
    }
    return bases.size;
  }

  #addBase(loaded: LoadedFile): void {
    this.#files.set(loaded.path, loaded);
    this.#bases.add(loaded.file.uri);
  }

  async #addStacks({ plans, state, unread = new Map() }: FoundStacks): Promise<void> {
    for (const [uri, problem] of unread) {
      const path = pathOf(this.#io.cwd, uri);
      this.#problems.set(path, `${displayPath(this.#io.cwd, path)} ${problem}`);
    }
    for (const plan of plans) await this.#addPlan(plan, state);
  }

  /**
   * Takes a stack in, with its files as the state has them. Where a rule tells about a missing file, nothing
   * else does, and the stack is checked without it. Otherwise all have to be there, except for an Application, whose
   * files may be in another repository, and a script, which may make or fetch them first.
   */
  async #addPlan(plan: StackPlan, state: SnapshotState): Promise<void> {
    if (this.#plans.some(({ id }) => id === plan.id)) return;
    const definition = plan.kind === 'application' ? [plan.definedAt?.uri ?? ''] : [];
    const isTold = this.#options.takes === 'values' && !isGiven(plan, this.#named);
    const mayLack = isTold || plan.kind === 'application' || plan.kind === 'command';
    const files: LoadedFile[] = [];
    const uris = [...new Set([...definition, ...plan.uris])];
    for (const uri of uris) {
      const file = state.files.get(uri);
      const path = pathOf(this.#io.cwd, uri);
      // The folder of a file that is not to be read is not ours.
      if (file === undefined) this.#takeUnread(uri, state, isTold || mayBeMade(plan, uri));
      else await this.#folders.folderFor(path);
      const loaded = await this.#store.read(path);
      if (file !== undefined && loaded !== undefined) files.push({ ...loaded, file });
    }
    if (!mayLack && files.length < uris.length) return;
    if (!isTold && files.length === 0) return;
    for (const file of files) this.#files.set(file.path, file);
    this.#plans.push(withDefaults(plan, this.#options.defaults));
  }

  #takeUnread(uri: string, { unreadable }: SnapshotState, isTold: boolean): void {
    const problem = unreadable?.get(uri);
    const path = pathOf(this.#io.cwd, uri);
    if (!isTold) this.#problems.set(path, this.#store.problemOf(path, problem ?? fileProblems.missing));
    else if (problem === undefined) this.#missing.add(uri);
    else this.#unreadable.set(uri, problem);
  }

  async #read(path: string): Promise<LoadedFile | undefined> {
    const file = await this.#store.read(path);
    if (file === undefined) this.#problems.set(path, this.#store.problemOf(path));
    return file;
  }

  #resolve(path: string): string {
    return path === stdinName ? stdinName : resolveNamed(this.#io.cwd, path);
  }
}
