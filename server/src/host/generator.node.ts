import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { defaultsPaths, generatorFiles, isTelling, type GeneratorFiles } from '../core/catalog/generatorFiles.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { describeFailure } from './textFiles.node.ts';

/** In bytes, of an archive, of what is read of it, and of what is read of a folder. deployKF's own has less than 2 MiB. */
const maxBytes = 64 * 2 ** 20;
const size = '64 MiB, which no generator is';

/** So many files are read at once. */
const width = 32;

/** The files of a generator, or why they cannot be read: a phrase to put behind its name. */
export type GeneratorReading =
  { readonly files: GeneratorFiles; readonly problem?: never } | { readonly problem: string; readonly files?: never };

/** Where deployKF's own command line keeps the generators that it downloaded. */
export function cachedGenerator(release: string): string {
  return join(homedir(), '.deploykf/assets', `deploykf-${release}-generator.zip`);
}

/** Reads a generator's source from a folder or a `.zip`. Never rejects: what cannot be read is said. */
export async function readGenerator(path: string): Promise<GeneratorReading> {
  try {
    const info = await stat(path);
    const isTooLarge = info.isFile() && info.size > maxBytes;
    if (isTooLarge) return { problem: `is larger than ${size}` };
    if (!info.isDirectory() && !info.isFile()) return { problem: 'is neither a folder nor a .zip' };
    const found = info.isDirectory() ? await readFolder(path) : await readArchive(path);
    if (typeof found === 'string') return { problem: found };
    const files = generatorFiles(found);
    const problem = files === undefined ? 'holds no default_values.yaml' : defaultsProblem(files);
    return files === undefined || problem !== undefined ? { problem: problem ?? '' } : { files };
  } catch (error) {
    return { problem: describeFailure(error) };
  }
}

/** What is no map of values would make every value of the user's an unknown one. */
function defaultsProblem(files: GeneratorFiles): string | undefined {
  const file = new ValuesFile('', files.get('default_values.yaml') ?? '');
  const broken = file.yaml.problems[0];
  if (broken !== undefined) {
    const { line } = file.source.positionAt(broken.span.start);
    return `has a default_values.yaml that is no YAML (line ${line + 1}: ${broken.message})`;
  }
  return file.isValues ? undefined : 'has a default_values.yaml without values of deployKF';
}

/** The texts by path, or why there are none. */
type Texts = ReadonlyMap<string, string> | string;

async function readFolder(path: string): Promise<Texts> {
  const places = await Promise.all(defaultsPaths.map(name => sizeOf(join(path, name))));
  const found = defaultsPaths[places.findIndex(bytes => bytes !== undefined)];
  if (found === undefined) return new Map();
  const base = join(path, found, '..');
  const names = ['default_values.yaml', ...(await namesIn(base, 'templates/manifests'))].filter(isTelling);
  const texts = new Map<string, string>();
  let total = 0;
  for (let at = 0; at < names.length; at += width) {
    const batch = names.slice(at, at + width);
    const sizes = await Promise.all(batch.map(name => sizeOf(join(base, name))));
    total += sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
    if (total > maxBytes) return `holds more than ${size}`;
    const files = batch.filter((_, index) => sizes[index] !== undefined);
    const read = await Promise.all(files.map(name => readFile(join(base, name), 'utf8')));
    for (const [index, text] of read.entries()) texts.set(files[index] ?? '', withoutMark(text));
  }
  return texts;
}

/** `undefined` when it is no file: opening a pipe would wait for its writer. */
async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    info => (info.isFile() ? info.size : undefined),
    () => undefined,
  );
}

/** The files below a folder, relative to the base. Linked folders are not entered, they may lead anywhere. */
async function namesIn(base: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(base, folder), { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const entry of entries) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) names.push(...(await namesIn(base, name)));
    else names.push(name);
  }
  return names;
}

async function readArchive(path: string): Promise<Texts> {
  const archive = await openPromise(path, { autoClose: false }).catch(notSystem);
  if (archive instanceof Error) return 'is no .zip, or only the beginning of one';
  const found = await readEntries(archive)
    .catch(notSystem)
    .finally(() => archive.close());
  return found instanceof Error ? `is no .zip that can be read: ${phrase(found.message)}` : found;
}

/** What the system says is told elsewhere; the rest is about the archive. */
function notSystem(error: unknown): Error {
  if (error instanceof Error && !('code' in error)) return error;
  throw error;
}

async function readEntries(archive: ZipFile): Promise<Texts> {
  const entries: Entry[] = [];
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    if (!isWanted(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > maxBytes) return `unpacks to more than ${size}`;
    entries.push(entry);
  }
  const texts = new Map<string, string>();
  for (const entry of entries) texts.set(entry.fileName, withoutMark(await unpack(archive, entry)));
  return texts;
}

async function unpack(archive: ZipFile, entry: Entry): Promise<string> {
  try {
    return await text(await archive.openReadStreamPromise(entry));
  } catch (error) {
    throw new Error(`"${entry.fileName}" is damaged`, { cause: error });
  }
}

/** The first sentence of a library's message, to stand behind a colon. */
function phrase(message: string): string {
  return message.replace(/\. .*$/s, '').replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase());
}

function isWanted(name: string): boolean {
  return /default_values\.yaml$/.test(name) || isTelling(name.replace(/^.*?(?=templates\/manifests\/)/, ''));
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
