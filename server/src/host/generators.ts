import type { CommentedDefaults } from '../core/catalog/commentedDefaults.ts';
import type { Catalog } from '../core/catalog/types.ts';
import type { GeneratorNeed } from '../core/workspace/generators.ts';

export interface GeneratorOptions {
  /** Folders or archives by release, as the user set them; relative paths are those of the home folder. */
  readonly paths: Readonly<Record<string, string>>;
  /**
   * The URIs of folders, as of `FileSource`. A generator that a stack names may be elsewhere, too; of one
   * that does, nothing is reported as long as it is not one.
   */
  readonly bounds: readonly string[];
  /** The URI of a folder outside of which nothing is read, not even what a stack names. */
  readonly confinedTo?: string | undefined;
}

/** A generator that is there and cannot be used. */
export interface GeneratorProblem {
  /** The URI of the folder or archive. */
  readonly source: string;
  /** A phrase to put after its name. */
  readonly problem: string;
}

/** The catalogs that could be made. By the keys of the needs. */
export interface MadeCatalogs {
  readonly catalogs: ReadonlyMap<string, Catalog>;
  /** Their defaults with upstream's comments. */
  readonly commented: ReadonlyMap<string, CommentedDefaults>;
  readonly problems: ReadonlyMap<string, GeneratorProblem>;
  /** URIs of the folders and archives that were looked for, up to the one that is there. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

/** Makes the catalogs of forks and of releases that are not shipped. Never rejects. */
export type MakeCatalogs = (
  needs: readonly GeneratorNeed[],
  options: GeneratorOptions,
) => Promise<MadeCatalogs>;
