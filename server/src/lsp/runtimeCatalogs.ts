import type { GeneratorNeed } from '../core/workspace/generators.ts';
import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import { isInside } from '../core/stack/uri.ts';
import type { MakeCatalogs } from '../host/generators.ts';
import { loadCatalogs, needsOf } from '../loader/neededCatalogs.ts';
import type { Log } from './log.ts';

export interface RuntimeCatalogsOptions {
  readonly shipped: CatalogSource;
  /** `undefined` where no generator can be read, as in a browser. */
  readonly make: MakeCatalogs | undefined;
  /** The user's own places of generators, by release. */
  readonly paths: () => Promise<Readonly<Record<string, string>>>;
  /** Folders that files may be read from, as of `FileSource`. */
  readonly bounds: () => readonly string[];
  readonly log: Log;
}

/** The shipped catalogs, and those made for the forks and unknown releases that the stacks name. */
export class RuntimeCatalogs {
  readonly #options: RuntimeCatalogsOptions;
  #told: ReadonlySet<string> = new Set();
  #current: CatalogSource;
  #asked = '';
  #sources: readonly string[] = [];

  constructor(options: RuntimeCatalogsOptions) {
    this.#options = options;
    this.#current = options.shipped;
  }

  get current(): CatalogSource {
    return this.#current;
  }

  /** Not in a browser. */
  get readsGenerators(): boolean {
    return this.#options.make !== undefined;
  }

  /** Whether stacks name others than those that were looked for. */
  isStale(snapshot: Snapshot): boolean {
    return this.#options.make !== undefined && keysOf(needsOf(snapshot, true)) !== this.#asked;
  }

  /** URIs of the folders and archives that are used, or would be if they were there. */
  get sources(): readonly string[] {
    return this.#sources;
  }

  /** Whether one of the files belongs to a generator that is used. */
  areTouched(uris: readonly string[]): boolean {
    return uris.some(uri =>
      this.#sources.some(source => uri === source || isInside(source, uri) || isInside(uri, source)),
    );
  }

  /** Looks for all generators again. */
  async load(snapshot: Snapshot): Promise<void> {
    const { make, shipped, paths, bounds, log } = this.#options;
    this.#asked = keysOf(needsOf(snapshot, true));
    this.#sources = [];
    const places = { paths: await paths(), bounds: bounds() };
    const needed = await loadCatalogs(snapshot, { shipped, make, withComments: true, ...places });
    const problems = [...needed.problems.values()].map(({ source, problem }) => `"${source}" ${problem}`);
    for (const problem of problems.filter(text => !this.#told.has(text))) log.warn(problem);
    this.#told = new Set(problems);
    this.#sources = [...new Set([...needed.sources.values()].flat())];
    this.#current = needed.catalogs;
  }
}

function keysOf(needs: readonly GeneratorNeed[]): string {
  return needs.map(need => need.key).join('\n');
}
