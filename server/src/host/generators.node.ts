import { homedir } from 'node:os';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { catalogOfGenerator, type GeneratorFiles } from '../core/catalog/generatorFiles.ts';
import type { Catalog } from '../core/catalog/types.ts';
import { neededGenerators, type GeneratorNeed } from '../core/generators.ts';
import type { CatalogSource } from '../core/ports.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { Catalogs, withCatalogs } from './catalogs.ts';
import { cachedGenerator, readGenerator } from './generator.node.ts';
import type { GeneratorOptions, MadeCatalogs } from './generators.ts';

/** Makes the catalogs of forks and of releases that are not shipped, from what this machine has of their generators. */
export async function makeCatalogs(
  needs: readonly GeneratorNeed[],
  options: GeneratorOptions,
  shipped: CatalogSource = new Catalogs(),
): Promise<MadeCatalogs> {
  const made = await Promise.all(needs.map(need => makeCatalog(need, options, shipped)));
  return {
    catalogs: new Map(made.flatMap(({ key, catalog }) => (catalog === undefined ? [] : [[key, catalog]]))),
    problems: made.flatMap(({ problem }) => problem ?? []),
    sources: made.flatMap(({ source }) => source ?? []),
  };
}

/** For the command line: the world with the catalogs that its stacks need and that this machine can make. */
export async function withGenerators(
  snapshot: Snapshot,
  options: GeneratorOptions = { paths: {} },
): Promise<{ readonly catalogs: CatalogSource; readonly problems: readonly string[] }> {
  const needs = neededGenerators(snapshot);
  if (needs.length === 0) return { catalogs: snapshot.state.catalogs, problems: [] };
  const { catalogs, problems } = await makeCatalogs(needs, options, snapshot.state.catalogs);
  return { catalogs: withCatalogs(snapshot.state.catalogs, catalogs), problems };
}

interface Made {
  readonly key: string;
  readonly source?: string;
  readonly catalog?: Catalog;
  readonly problem?: string;
}

async function makeCatalog(need: GeneratorNeed, options: GeneratorOptions, shipped: CatalogSource): Promise<Made> {
  const { key } = need;
  const path = await firstThatExists(pathsOf(need, options));
  if (path === undefined) return { key };
  const source = normalizeUri(pathToFileURL(path).href);
  const { files, problem } = await readGenerator(path);
  return files === undefined
    ? { key, source, problem }
    : { key, source, catalog: catalogWithFacts(files, need.label, shipped) };
}

function pathsOf({ places, release }: GeneratorNeed, { paths }: GeneratorOptions): readonly string[] {
  const named = release === undefined ? undefined : paths[release];
  return [
    ...places.flatMap(uri => (uri.startsWith('file:') ? [fileURLToPath(uri)] : [])),
    ...(named === undefined ? [] : [resolve(homedir(), named.replace(/^~(?=[/\\]|$)/, homedir()))]),
    ...(release === undefined ? [] : [cachedGenerator(release)]),
  ];
}

async function firstThatExists(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

/** The facts of the shipped release whose images are most like the generator's own hold where nothing has changed. */
function catalogWithFacts(files: GeneratorFiles, label: string, shipped: CatalogSource): Catalog {
  const bare = catalogOfGenerator(files, { release: label });
  const candidates = shipped.releases.flatMap(release => shipped.of(release)?.catalog ?? []);
  const likeness = (catalog: Catalog): number =>
    catalog.images.filter(({ path }) => textAt(catalog, path) === textAt(bare, path)).length;
  const nearest = candidates.toReversed().toSorted((a, b) => likeness(b) - likeness(a))[0];
  return nearest === undefined ? bare : catalogOfGenerator(files, { release: label, nearest });
}

function textAt({ defaults }: Catalog, path: string): string | undefined {
  let value: unknown = defaults;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return JSON.stringify(value);
}
