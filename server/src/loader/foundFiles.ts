import { discover } from '../core/workspace/discovery.ts';
import type { Script } from '../core/workspace/state.ts';
import { areSameSecrets, type LocatedSecret } from '../core/secrets/secretsInFile.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';

/** The files of folders that have to do with stacks, as on disk. All others are forgotten once they are looked into. */
export class FoundFiles {
  readonly #files = new Map<string, ValuesFile>();
  readonly #scripts = new Map<string, Script>();
  readonly #secrets = new Map<string, readonly LocatedSecret[]>();

  /** Values files and files with Applications. */
  get files(): ReadonlyMap<string, ValuesFile> {
    return this.#files;
  }

  get scripts(): ReadonlyMap<string, Script> {
    return this.#scripts;
  }

  /** Pull secrets by the files that they are in, which may be any YAML. */
  get secrets(): ReadonlyMap<string, readonly LocatedSecret[]> {
    return this.#secrets;
  }

  /** Of all that are kept; one that is both values and a place of Secrets comes twice. */
  get uris(): readonly string[] {
    return [...this.#files.keys(), ...this.#scripts.keys(), ...this.#secrets.keys()];
  }

  /** Takes the text of a file; `undefined`: it has none any more. Tells whether stacks or Secrets may be others now. */
  take(uri: string, text: string | undefined): boolean {
    if (text !== undefined && this.#files.get(uri)?.text === text) return false;
    const found = text === undefined ? undefined : discover(new ValuesFile(uri, text));
    const { file, script, secrets } = found ?? {};
    const areOthers = !areSameSecrets(this.#secrets.get(uri), secrets);
    const isNew = this.#forgetStack(uri) || file !== undefined || script !== undefined || areOthers;
    if (file !== undefined) this.#files.set(uri, file);
    if (script !== undefined) this.#scripts.set(uri, script);
    if (secrets === undefined) this.#secrets.delete(uri);
    else this.#secrets.set(uri, secrets);
    return isNew;
  }

  forget(uri: string): void {
    this.#forgetStack(uri);
    this.#secrets.delete(uri);
  }

  #forgetStack(uri: string): boolean {
    return [this.#files.delete(uri), this.#scripts.delete(uri)].includes(true);
  }
}
