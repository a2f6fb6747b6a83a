import { candidateKind, discover } from '../core/workspace/discovery.ts';
import type { GeneratedOutput, Script } from '../core/workspace/state.ts';
import { areSameSecrets, type LocatedSecret } from '../core/secrets/secretsInFile.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { describeUnread, type Unread } from '../host/files.ts';

const templates = '/templates/';
const defaultValues = '/default_values.yaml';

/** The files of folders that have to do with stacks, as on disk. All others are forgotten once they are looked into. */
export class FoundFiles {
  readonly #files = new Map<string, ValuesFile>();
  readonly #scripts = new Map<string, Script>();
  readonly #secrets = new Map<string, readonly LocatedSecret[]>();
  readonly #outputs = new Map<string, GeneratedOutput>();
  readonly #unread = new Map<string, string>();
  /** The files named `default_values.yaml`, and those in folders named `templates`, whatever is in them. */
  readonly #defaults = new Set<string>();
  readonly #templates = new Set<string>();
  #bases: ReadonlySet<string> | undefined;
  readonly #known: (uri: string) => ValuesFile | undefined;

  /** `known`: a file that may be parsed already, which need not be done again where its text is the same. */
  constructor(known: (uri: string) => ValuesFile | undefined = () => undefined) {
    this.#known = known;
  }

  /** Values files and files with Applications. */
  get files(): ReadonlyMap<string, ValuesFile> {
    return this.#files;
  }

  get scripts(): ReadonlyMap<string, Script> {
    return this.#scripts;
  }

  /** What deployKF says of its own output. */
  get outputs(): readonly GeneratedOutput[] {
    return [...this.#outputs.values()];
  }

  /** The `default_values.yaml` of generators. */
  get bases(): ReadonlySet<string> {
    return (this.#bases ??= this.#findBases());
  }

  /** The files that the system failed or refused to read, and why; of those that are too large or not UTF-8 text, those that begin as ours do. */
  get unread(): ReadonlyMap<string, string> {
    return this.#unread;
  }

  /** Takes the names of files: a `default_values.yaml` beside a folder `templates` is a generator's. */
  takeNames(uris: readonly string[]): void {
    for (const uri of uris) {
      if (uri.includes(templates)) this.#templates.add(uri);
      else if (uri.endsWith(defaultValues)) this.#defaults.add(uri);
    }
    this.#bases = undefined;
  }

  /** Takes back the name of a file that does not exist. */
  #forgetName(uri: string): void {
    if (this.#templates.delete(uri) || this.#defaults.delete(uri)) this.#bases = undefined;
  }

  #findBases(): ReadonlySet<string> {
    const generators = new Set<string>();
    for (const uri of this.#templates) {
      for (let at = uri.indexOf(templates); at >= 0; at = uri.indexOf(templates, at + 1))
        generators.add(uri.slice(0, at));
    }
    const own = [...this.#defaults].filter(uri => generators.has(uri.slice(0, -defaultValues.length)));
    return new Set(own);
  }

  /** Pull secrets by the files that they are in, which may be any YAML. */
  get secrets(): ReadonlyMap<string, readonly LocatedSecret[]> {
    return this.#secrets;
  }

  /** Of all that are kept, and of the parts of generators. */
  get uris(): readonly string[] {
    const kept = [this.#files, this.#scripts, this.#secrets, this.#outputs].flatMap(map => [...map.keys()]);
    return [...new Set([...kept, ...this.#defaults, ...this.#templates])];
  }

  /** Takes the text of a file; `undefined`: it has none any more. Tells whether stacks or Secrets may be others now. */
  take(uri: string, text: string | undefined): boolean {
    if (text !== undefined && this.#files.get(uri)?.text === text) return false;
    this.#unread.delete(uri);
    const found = text === undefined ? undefined : discover(this.#fileOf(uri, text));
    const { file, script, secrets, output } = found ?? {};
    const before = this.#outputs.get(uri)?.release;
    const areOthers = !areSameSecrets(this.#secrets.get(uri), secrets);
    const isOther = before !== output?.release;
    const isNew =
      this.#forgetStack(uri) || file !== undefined || script !== undefined || areOthers || isOther;
    if (output !== undefined) this.#outputs.set(uri, output);
    if (file !== undefined) this.#files.set(uri, file);
    if (script !== undefined) this.#scripts.set(uri, script);
    if (secrets === undefined) this.#secrets.delete(uri);
    else this.#secrets.set(uri, secrets);
    return isNew;
  }

  #fileOf(uri: string, text: string): ValuesFile {
    const known = this.#known(uri);
    return new ValuesFile(uri, text, known?.text === text ? { previousYaml: known.yaml } : {});
  }

  /** Takes that a file has no text, and why. */
  takeUnread(uri: string, why: Unread): boolean {
    const isNew = this.take(uri, undefined);
    const problem = describeUnread(why);
    if (isOurs(uri, why)) this.#unread.set(uri, problem);
    if (candidateKind(uri) !== 'output') return isNew;
    this.#outputs.set(uri, { uri, release: undefined, problem });
    return true;
  }

  forget(uri: string): void {
    this.#forgetName(uri);
    this.#forgetStack(uri);
    this.#secrets.delete(uri);
  }

  #forgetStack(uri: string): boolean {
    this.#outputs.delete(uri);
    return [this.#files.delete(uri), this.#scripts.delete(uri)].includes(true);
  }
}

/** Whether an unread file may have to do with stacks: one that was looked into does where it begins so. */
function isOurs(uri: string, why: Unread): boolean {
  if (why.kind === 'missing') return false;
  if (why.kind === 'unreadable' && why.isFailure === true) return true;
  return why.head !== undefined && discover(new ValuesFile(uri, why.head))?.file !== undefined;
}
