import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzip, type Unzipped } from 'fflate';
import { generatorFiles, isTelling, type GeneratorFiles } from '../core/catalog/generatorFiles.ts';

const maxBytes = 64 * 2 ** 20;

/** The files of a generator, or why they cannot be read. */
export type GeneratorReading =
  { readonly files: GeneratorFiles; readonly problem?: never } | { readonly problem: string; readonly files?: never };

/** Where deployKF's own command line keeps the generators that it downloaded. */
export function cachedGenerator(release: string): string {
  return join(homedir(), '.deploykf/assets', `deploykf-${release}-generator.zip`);
}

/** Reads a generator's source from a folder or a `.zip`. Never throws: what cannot be read is said. */
export async function readGenerator(path: string): Promise<GeneratorReading> {
  try {
    const info = await stat(path);
    if (!info.isDirectory() && info.size > maxBytes) return { problem: `${path} is larger than 64 MiB` };
    const found = info.isDirectory() ? await readFolder(path) : await readArchive(path);
    const files = generatorFiles(found);
    return files === undefined ? { problem: `${path} holds no default_values.yaml` } : { files };
  } catch (error) {
    return { problem: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function readFolder(path: string): Promise<ReadonlyMap<string, string>> {
  const bases = [path, join(path, 'generator')];
  const found = await Promise.all(bases.map(hasDefaults));
  const base = bases[found.indexOf(true)];
  if (base === undefined) return new Map();
  const names = await readdir(base, { recursive: true });
  const telling = names.map(name => name.replaceAll('\\', '/')).filter(isTelling);
  const texts = await Promise.all(
    telling.map(async (name): Promise<[string, string]> => [name, await readFile(join(base, name), 'utf8')]),
  );
  return new Map(texts);
}

async function hasDefaults(path: string): Promise<boolean> {
  return stat(join(path, 'default_values.yaml')).then(
    info => info.isFile(),
    () => false,
  );
}

async function readArchive(path: string): Promise<ReadonlyMap<string, string>> {
  const data = await readFile(path);
  const wanted = (name: string): boolean =>
    /default_values\.yaml$/.test(name) || isTelling(name.replace(/^.*?(?=templates\/manifests\/)/, ''));
  const entries = await new Promise<Unzipped>((resolve, reject) => {
    unzip(data, { filter: file => wanted(file.name) && file.originalSize < maxBytes }, (error, result) =>
      error === null ? resolve(result) : reject(error),
    );
  });
  return new Map(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)]));
}
