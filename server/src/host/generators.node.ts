import { homedir } from 'node:os';
import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommentedDefaults } from '../core/catalog/commentedDefaults.ts';
import {
  catalogOfGenerator,
  defaultsOfGenerator,
  defaultsPaths,
  type GeneratorFiles,
} from '../core/catalog/generatorFiles.ts';
import type { Catalog } from '../core/catalog/types.ts';
import type { GeneratorNeed } from '../core/workspace/generators.ts';
import { commentedUri } from '../core/workspace/virtualUris.ts';
import { SourceText } from '../core/text/sourceText.ts';
import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { boundsProblem, isWithin, type Bounds } from './bounds.node.ts';
import { Catalogs } from './catalogs.ts';
import { pathsOf } from './files.node.ts';
import { cachedGenerator, readGenerator } from './generator.node.ts';
import type { GeneratorOptions, GeneratorProblem, MadeCatalogs } from './generators.ts';
import { Semaphore } from './semaphore.ts';
import type { Value } from '../core/yaml/value.ts';
import { ownValue } from '../core/text/ownValue.ts';

/** The files of a generator are in memory while its catalog is made. */
const atOnce = 4;

/** Makes the catalogs of forks and of releases that are not shipped, from what this machine has of their generators. */
export async function makeCatalogs(
  needs: readonly GeneratorNeed[],
  options: GeneratorOptions,
  shipped: CatalogSource = new Catalogs(),
): Promise<MadeCatalogs> {
  const turns = new Semaphore(atOnce);
  const made = await Promise.all(needs.map(need => turns.take(() => makeCatalog(need, options, shipped))));
  return {
    catalogs: partsOf(made, ({ catalog }) => catalog),
    commented: partsOf(made, ({ commented }) => commented),
    problems: partsOf(made, ({ problem }) => problem),
    sources: partsOf(made, ({ sources }) => sources),
  };
}

function partsOf<T>(made: readonly Made[], part: (made: Made) => T | undefined): ReadonlyMap<string, T> {
  const parts = new Map<string, T>();
  for (const one of made) {
    const found = part(one);
    if (found !== undefined) parts.set(one.key, found);
  }
  return parts;
}

interface Made {
  readonly key: string;
  readonly sources: readonly string[];
  readonly catalog?: Catalog;
  readonly commented?: CommentedDefaults | undefined;
  readonly problem?: GeneratorProblem;
}

async function makeCatalog(
  need: GeneratorNeed,
  options: GeneratorOptions,
  shipped: CatalogSource,
): Promise<Made> {
  const { key, isShipped = false } = need;
  const [only] = options.confinedTo === undefined ? [] : pathsOf([options.confinedTo]);
  const named = pathsOf(need.places).filter(place => only === undefined || isWithin(only, place));
  const paths = only === undefined ? [...named, ...ownPlaces(need, options)] : named;
  const there = await firstThatExists(paths);
  const sources = paths.slice(0, there + 1 || undefined).map(path => normalizeUri(pathToFileURL(path).href));
  const path = paths[there];
  const source = sources[there];
  if (path === undefined || source === undefined) return { key, sources: isShipped ? [] : sources };
  const isNamed = there < named.length;
  const bounds = only === undefined ? boundsOf(path, isNamed, options) : { only };
  const { files, problem } = await readGenerator(path, bounds);
  const commented = files && (await commentedIn(path, key, files));
  if (files !== undefined && isShipped) return { key, sources: [source], commented };
  if (files !== undefined)
    return { key, sources, commented, catalog: catalogWithFacts(files, need.label, shipped) };
  const isTold = await mayBeTold(path, isNamed && only === undefined ? pathsOf(options.bounds) : bounds);
  return { key, sources, problem: { source, problem: isTold ? problem : foreignProblem } };
}

function boundsOf(path: string, isNamed: boolean, { bounds }: GeneratorOptions): Bounds {
  return isNamed ? [...pathsOf(bounds), path] : 'anywhere';
}

/** The defaults as a file of a folder, else as a document that shows what is in an archive. */
async function commentedIn(path: string, key: string, files: GeneratorFiles): Promise<CommentedDefaults> {
  const places = defaultsPaths.map(name => join(path, name));
  const there = places[await firstThatExists(places)];
  const uri = there === undefined ? commentedUri(key) : normalizeUri(pathToFileURL(there).href);
  return new CommentedDefaults({ uri, source: new SourceText(files.get('default_values.yaml') ?? '') });
}

/** What is wrong with a file can say what is in it. */
const foreignProblem =
  'is outside of this folder and its git work tree and is not read: it does not contain a default_values.yaml with deployKF values';

async function mayBeTold(path: string, bounds: Bounds): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined);
  return real !== undefined && (await boundsProblem(real, bounds)) === undefined;
}

/** Where the user says that the generator of a release is, and the cache of deployKF's own command line. */
function ownPlaces({ release }: GeneratorNeed, { paths }: GeneratorOptions): readonly string[] {
  if (release === undefined) return [];
  const places: string[] = [];
  const named = ownValue(paths, release);
  if (named !== undefined) places.push(resolve(homedir(), named.replace(/^~(?=[/\\]|$)/, homedir())));
  // What is not a version leads to no file of the cache.
  if (/^[\w.+-]+$/.test(release)) places.push(cachedGenerator(release));
  return places;
}

/** The index of the first; -1 when none does. */
async function firstThatExists(paths: readonly string[]): Promise<number> {
  const found = await Promise.all(
    paths.map(path =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.indexOf(true);
}

/** The facts of the shipped release whose images are most like the generator's own hold where nothing has changed. */
function catalogWithFacts(files: GeneratorFiles, label: string, shipped: CatalogSource): Catalog {
  const defaults = defaultsOfGenerator(files);
  const candidates = shipped.releases.flatMap(release => shipped.of(release)?.catalog ?? []);
  const ranked = candidates.toReversed().map(catalog => ({
    catalog,
    likeness: catalog.images.filter(({ path }) => textAt(catalog.defaults, path) === textAt(defaults, path))
      .length,
  }));
  const nearest = ranked.toSorted((a, b) => b.likeness - a.likeness)[0]?.catalog;
  return catalogOfGenerator(files, { release: label, ...(nearest && { nearest }) }, defaults);
}

function textAt(defaults: Value, path: string): string | undefined {
  let value: unknown = defaults;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return JSON.stringify(value);
}
