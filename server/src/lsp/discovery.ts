import { candidateKind, scriptOf } from '../core/workspace/discovery.ts';
import { areSameSecrets, secretsIn, type LocatedSecret } from '../core/secrets/secretsInFile.ts';
import type { GeneratedOutput, Script } from '../core/workspace/state.ts';
import { folderOf, isInside, trimSlash } from '../core/stack/uri.ts';
import type { ValuesFile } from '../core/stack/valuesFile.ts';
import { maxListed, type Files, type ListOptions } from '../host/files.ts';
import { maxProjects } from '../loader/folders.ts';
import { FoundFiles } from '../loader/foundFiles.ts';
import { candidatesAmong, isSkipped, listFolder, readInto } from '../loader/searchFolder.ts';
import type { Log } from './log.ts';

/** The files of the workspace folders that have to do with stacks, open or not. All others are forgotten once they are read. */
export class Discovery {
  readonly #source: Files;
  readonly #log: Log;
  readonly #found: FoundFiles;
  readonly #projects = new Set<string>();
  /** Folders with more files than were looked into. */
  readonly #cut = new Set<string>();
  /** Scripts as an editor has them. */
  readonly #openScripts = new Map<string, Script | undefined>();
  readonly #openSecrets = new Map<string, readonly LocatedSecret[]>();
  #roots: readonly string[] = [];
  #searches = 0;
  /** Folders to search again. */
  readonly #due = new Set<string>();
  #searching: Promise<void> = Promise.resolve();

  constructor(files: Files, log: Log, openFile: (uri: string) => ValuesFile | undefined) {
    this.#found = new FoundFiles(openFile);
    this.#source = files;
    this.#log = log;
  }

  /** Whether files can be found at all. */
  get isPossible(): boolean {
    return this.#source.list !== undefined;
  }

  /** Whether folders are looked through that were not before. */
  get isSearching(): boolean {
    return this.#searches > 0;
  }

  /** The folders that it keeps an eye on. */
  get roots(): readonly string[] {
    return this.#roots;
  }

  /** The folders of project files. */
  get projectFolders(): readonly string[] {
    const first = [...this.#projects].sort().slice(0, maxProjects);
    return first.map(uri => trimSlash(folderOf(uri)));
  }

  /** Values files and files with Applications, as on disk. */
  get files(): ReadonlyMap<string, ValuesFile> {
    return this.#found.files;
  }

  get bases(): ReadonlySet<string> {
    return this.#found.bases;
  }

  get outputs(): readonly GeneratedOutput[] {
    return this.#found.outputs;
  }

  get scripts(): readonly Script[] {
    const all = new Map<string, Script | undefined>([...this.#found.scripts, ...this.#openScripts]);
    return [...all.values()].filter(script => script !== undefined);
  }

  /** The pull secrets in YAML files; `undefined` as long as not all were looked into. */
  get secrets(): readonly LocatedSecret[] | undefined {
    const isCut = this.#roots.some(root => this.#cut.has(root));
    if (this.#searches > 0 || this.#roots.length === 0 || isCut) return undefined;
    return [...new Map([...this.#found.secrets, ...this.#openSecrets]).values()].flat();
  }

  /** Sets the folders to look through. Resolves when the new ones are searched; those that are gone stop at once. */
  async setRoots(roots: readonly string[]): Promise<void> {
    if (!this.isPossible) return;
    const added = roots.filter(root => !this.#roots.includes(root));
    this.#roots = roots;
    for (const uri of [...this.#found.uris, ...this.#projects])
      if (this.#rootOf(uri) === undefined) this.#forget(uri);
    this.#searches++;
    for (const root of added) await this.#scan(root);
    this.#searches--;
  }

  /** Searches folders again in which other files are ignored now; `undefined`: there are none. One search at a time. */
  searchAgain(uris: readonly string[]): Promise<void> | undefined {
    const ignoring = uris.filter(uri => uri.endsWith('/.gitignore'));
    const roots = this.#roots.filter(root =>
      ignoring.some(uri => isInside(root, uri) && !isSkipped(root, uri)),
    );
    if (roots.length === 0) return undefined;
    for (const root of roots) this.#due.add(root);
    return (this.#searching = this.#searching.then(() => this.#searchDue()));
  }

  async #searchDue(): Promise<void> {
    for (const root of this.#due) {
      this.#due.delete(root);
      if (this.#roots.includes(root)) await this.#scan(root);
    }
  }

  /** Looks again at files that changed, also at those in a folder that is gone. Resolves to whether anything is new. */
  async update(uris: readonly string[]): Promise<boolean> {
    const before = this.#found.uris.length;
    const listed = await Promise.all(
      this.#roots.map(root => {
        const own = uris.filter(uri => this.#rootOf(uri) === root);
        return candidatesAmong(this.#source, root, own);
      }),
    );
    const changed = new Set(uris.map(trimSlash));
    const known = this.#found.uris.filter(uri => isAmong(changed, uri));
    const again = [...new Set([...listed.flatMap(list => list.uris), ...known])];
    const isNew = await readInto(this.#found, this.#source, again, { isCancelled: () => false });
    const projects = [...this.#projects].filter(uri => isAmong(changed, uri));
    const areNew = await this.#lookForProjects([...listed.flatMap(list => list.projects), ...projects]);
    return isNew || areNew || before !== this.#found.uris.length;
  }

  /** Resolves to whether one has come or gone. */
  async #lookForProjects(uris: readonly string[]): Promise<boolean> {
    const before = this.projectFolders.join('\n');
    const results = await Promise.all(uris.map(uri => this.#source.read(uri)));
    for (const [index, { kind }] of results.entries()) {
      const uri = uris[index] ?? '';
      if (kind === 'missing') this.#projects.delete(uri);
      else this.#projects.add(uri);
    }
    return before !== this.projectFolders.join('\n');
  }

  /** Takes the text of an open file; `undefined` when it is closed. Tells what of it is other than before. */
  setOpen(
    uri: string,
    file: ValuesFile | undefined,
  ): { readonly isOtherScript: boolean; readonly areOtherSecrets: boolean } {
    return { isOtherScript: this.#setScript(uri, file), areOtherSecrets: this.#setSecrets(uri, file) };
  }

  #setSecrets(uri: string, file: ValuesFile | undefined): boolean {
    const before = this.#openSecrets.get(uri) ?? this.#found.secrets.get(uri) ?? [];
    const found = file !== undefined && candidateKind(uri) === 'yaml' ? secretsIn(uri, file.text) : undefined;
    // An open text without any hides those on disk.
    if (found === undefined || (found.length === 0 && !this.#found.secrets.has(uri)))
      this.#openSecrets.delete(uri);
    else this.#openSecrets.set(uri, found);
    return !areSameSecrets(before, this.#openSecrets.get(uri) ?? this.#found.secrets.get(uri) ?? []);
  }

  #setScript(uri: string, file: ValuesFile | undefined): boolean {
    const before = this.#script(uri);
    if (file === undefined) this.#openScripts.delete(uri);
    else {
      const script = scriptOf(file);
      if (script === undefined && !this.#found.scripts.has(uri)) this.#openScripts.delete(uri);
      else this.#openScripts.set(uri, script);
    }
    return !isSameScript(before, this.#script(uri));
  }

  #script(uri: string): Script | undefined {
    if (this.#openScripts.has(uri)) return this.#openScripts.get(uri);
    return this.#found.scripts.get(uri);
  }

  async #scan(root: string): Promise<void> {
    const options: ListOptions = { isCancelled: () => !this.#roots.includes(root) };
    const { uris, projects, isWhole } = await listFolder(this.#source, root, options);
    if (!isWhole)
      this.#log.warn(
        `"${root}" has more than ${maxListed} YAML files and scripts, only the first are searched for stacks`,
      );
    if (isWhole) this.#cut.delete(root);
    else this.#cut.add(root);
    // In nested folders, each file once.
    const own = new Set(uris.filter(uri => this.#rootOf(uri) === root));
    for (const uri of [...this.#found.uris, ...this.#projects])
      if (this.#rootOf(uri) === root && !own.has(uri)) this.#forget(uri);
    for (const uri of projects) if (this.#rootOf(uri) === root) this.#projects.add(uri);
    await readInto(this.#found, this.#source, [...own], options);
  }

  #forget(uri: string): void {
    this.#found.forget(uri);
    this.#projects.delete(uri);
  }

  /** The innermost folder that holds a file. */
  #rootOf(uri: string): string | undefined {
    return this.#roots.filter(root => isInside(root, uri)).sort((a, b) => b.length - a.length)[0];
  }
}

function isSameScript(left: Script | undefined, right: Script | undefined): boolean {
  return JSON.stringify(left?.commands) === JSON.stringify(right?.commands);
}

/** Whether a file is one of those, or is in one. */
function isAmong(uris: ReadonlySet<string>, uri: string): boolean {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1))
    if (uris.has(uri.slice(0, end))) return true;
  return false;
}
