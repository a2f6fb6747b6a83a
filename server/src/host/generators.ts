import type { Catalog } from '../core/catalog/types.ts';
import type { GeneratorNeed } from '../core/generators.ts';

export interface GeneratorOptions {
  /** Folders or archives by release, as the user set them; relative paths are those of the home folder. */
  readonly paths: Readonly<Record<string, string>>;
}

/** The catalogs that could be made. */
export interface MadeCatalogs {
  /** By the keys of the needs. */
  readonly catalogs: ReadonlyMap<string, Catalog>;
  /** Sentences about generators that are there and could not be used. */
  readonly problems: readonly string[];
  /** URIs of the folders and archives that were read. */
  readonly sources: readonly string[];
}

/** Makes the catalogs of forks and of releases that are not shipped. Never rejects. */
export type MakeCatalogs = (needs: readonly GeneratorNeed[], options: GeneratorOptions) => Promise<MadeCatalogs>;
