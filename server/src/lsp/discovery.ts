import { candidateKind, discover, scriptOf, skippedFolders } from '../core/workspace/discovery.ts';
import { areSameSecrets, secretsIn, type LocatedSecret } from '../core/secrets/secretsInFile.ts';
import type { Script } from '../core/workspace/state.ts';
import { isInside, trimSlash } from '../core/stack/uri.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { maxListed, type Files } from '../host/files.ts';
import { withoutIgnored } from '../host/gitIgnore.ts';
import type { Log } from './log.ts';
import { longestPiece, pause } from '../loader/pause.ts';

/** So many files are read at once. */
const width = 16;

/** The files of the workspace folders that have to do with stacks, open or not. All others are forgotten once they are read. */
export class Discovery {
  readonly #source: Files;
  readonly #log: Log;
  readonly #files = new Map<string, ValuesFile>();
  readonly #scripts = new Map<string, Script>();
  /** Scripts as an editor has them. */
  readonly #openScripts = new Map<string, Script | undefined>();
  /** By their files. */
  readonly #secrets = new Map<string, readonly LocatedSecret[]>();
  readonly #openSecrets = new Map<string, readonly LocatedSecret[]>();
  #roots: readonly string[] = [];
  #searches = 0;
  /** Folders to search again. */
  readonly #due = new Set<string>();
  #searching: Promise<void> = Promise.resolve();

  constructor(files: Files, log: Log) {
    this.#source = files;
    this.#log = log;
  }

  /** Whether files can be found at all. */
  get isPossible(): boolean {
    return this.#source.list !== undefined;
  }

  /** The folders that it keeps an eye on. */
  get roots(): readonly string[] {
    return this.#roots;
  }

  /** Values files and files with Applications, as on disk. */
  get files(): ReadonlyMap<string, ValuesFile> {
    return this.#files;
  }

  get scripts(): readonly Script[] {
    const all = new Map<string, Script | undefined>([...this.#scripts, ...this.#openScripts]);
    return [...all.values()].filter(script => script !== undefined);
  }

  /** The pull secrets in YAML files; `undefined` as long as not all were looked into. */
  get secrets(): readonly LocatedSecret[] | undefined {
    if (this.#searches > 0 || this.#roots.length === 0) return undefined;
    return [...new Map([...this.#secrets, ...this.#openSecrets]).values()].flat();
  }

  /** Sets the folders to look through. Resolves when the new ones are searched; those that are gone stop at once. */
  async setRoots(roots: readonly string[]): Promise<void> {
    if (!this.isPossible) return;
    const added = roots.filter(root => !this.#roots.includes(root));
    this.#roots = roots;
    for (const uri of this.#known()) if (this.#rootOf(uri) === undefined) this.#forget(uri);
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
    const before = this.#known().length;
    const listed = await Promise.all(this.#roots.map(root => this.#candidates(root, uris)));
    const changed = new Set(uris.map(trimSlash));
    const known = this.#known().filter(uri => isAmong(changed, uri));
    const isNew = await this.#read([...new Set([...listed.flat(), ...known])]);
    return isNew || before !== this.#known().length;
  }

  /** Takes the text of an open file; `undefined` when it is closed. Tells what of it is other than before. */
  setOpen(
    uri: string,
    file: ValuesFile | undefined,
  ): { readonly isOtherScript: boolean; readonly areOtherSecrets: boolean } {
    return { isOtherScript: this.#setScript(uri, file), areOtherSecrets: this.#setSecrets(uri, file) };
  }

  #setSecrets(uri: string, file: ValuesFile | undefined): boolean {
    const before = this.#openSecrets.get(uri) ?? this.#secrets.get(uri) ?? [];
    const found = file !== undefined && candidateKind(uri) === 'yaml' ? secretsIn(uri, file.text) : undefined;
    // An open text without any hides those on disk.
    if (found === undefined || (found.length === 0 && !this.#secrets.has(uri))) this.#openSecrets.delete(uri);
    else this.#openSecrets.set(uri, found);
    return !areSameSecrets(before, this.#openSecrets.get(uri) ?? this.#secrets.get(uri) ?? []);
  }

  #setScript(uri: string, file: ValuesFile | undefined): boolean {
    const before = this.#script(uri);
    if (file === undefined) this.#openScripts.delete(uri);
    else {
      const script = scriptOf(file);
      if (script === undefined && !this.#scripts.has(uri)) this.#openScripts.delete(uri);
      else this.#openScripts.set(uri, script);
    }
    return !isSameScript(before, this.#script(uri));
  }

  #script(uri: string): Script | undefined {
    if (this.#openScripts.has(uri)) return this.#openScripts.get(uri);
    return this.#scripts.get(uri);
  }

  async #candidates(root: string, uris: readonly string[]): Promise<readonly string[]> {
    const own = uris.filter(
      uri => this.#rootOf(uri) === root && candidateKind(uri) !== undefined && !isSkipped(root, uri),
    );
    if (own.length === 0) return [];
    return withoutIgnored(root, own, this.#source);
  }

  async #scan(root: string): Promise<void> {
    const isCancelled = (): boolean => !this.#roots.includes(root);
    const uris = (await this.#source.list?.(root, { isCancelled })) ?? [];
    if (uris.length >= maxListed)
      this.#log.warn(
        `"${root}" has more than ${maxListed} YAML files and scripts, only the first are searched for stacks`,
      );
    // In nested folders, each file once.
    const own = new Set(uris.filter(uri => this.#rootOf(uri) === root));
    for (const uri of this.#known()) if (this.#rootOf(uri) === root && !own.has(uri)) this.#forget(uri);
    await this.#read([...own], isCancelled);
  }

  async #read(uris: readonly string[], isCancelled = (): boolean => false): Promise<boolean> {
    let isNew = false;
    let since = performance.now();
    for (let at = 0; at < uris.length && !isCancelled(); at += width) {
      const batch = uris.slice(at, at + width);
      const results = await Promise.all(batch.map(uri => this.#source.read(uri)));
      for (const [index, result] of results.entries()) {
        const uri = batch[index] ?? '';
        isNew = this.#take(uri, result.kind === 'text' ? result.text : undefined) || isNew;
        if (performance.now() - since < longestPiece) continue;
        await pause();
        since = performance.now();
      }
    }
    return isNew;
  }

  #take(uri: string, text: string | undefined): boolean {
    if (text !== undefined && this.#files.get(uri)?.text === text) return false;
    const { file, script, secrets } =
      (text === undefined ? undefined : discover(new ValuesFile(uri, text))) ?? {};
    const areOthers = !areSameSecrets(this.#secrets.get(uri), secrets);
    const isNew = this.#forgetStack(uri) || file !== undefined || script !== undefined || areOthers;
    if (file !== undefined) this.#files.set(uri, file);
    if (script !== undefined) this.#scripts.set(uri, script);
    if (secrets === undefined) this.#secrets.delete(uri);
    else this.#secrets.set(uri, secrets);
    return isNew;
  }

  #known(): readonly string[] {
    return [...this.#files.keys(), ...this.#scripts.keys(), ...this.#secrets.keys()];
  }

  #forget(uri: string): void {
    this.#forgetStack(uri);
    this.#secrets.delete(uri);
  }

  #forgetStack(uri: string): boolean {
    return [this.#files.delete(uri), this.#scripts.delete(uri)].includes(true);
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

function isSkipped(root: string, uri: string): boolean {
  return uri
    .slice(root.length)
    .split('/')
    .some(step => skippedFolders.includes(step));
}
