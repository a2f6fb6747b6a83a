import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import {
  defaultsPaths,
  generatorFiles,
  isTelling,
  type GeneratorFiles,
} from '../core/catalog/generatorFiles.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import type { Bounds } from './bounds.node.ts';
import { describeFailure } from './fileErrors.ts';
import { describeUnread, fileProblems } from './files.ts';
import { pathKind } from './textFiles.node.ts';
import { readFolder, readText, withRegularFile } from './readFile.node.ts';

/** In bytes, of an archive, of what is read of it, and of what is read of a folder. deployKF's own has less than 2 MiB. */
const maxBytes = 64 * 2 ** 20;
const size = '64 MiB, more than any generator';

/** The files of a generator, or why they cannot be read: a phrase to put after its name. */
export type GeneratorReading =
  | { readonly files: GeneratorFiles; readonly problem?: never }
  | { readonly problem: string; readonly files?: never };

/** Where deployKF's own command line keeps the generators that it downloaded. */
export function cachedGenerator(release: string): string {
  return join(homedir(), '.deploykf/assets', `deploykf-${release}-generator.zip`);
}

/**
 * Reads a generator's source from a folder or a `.zip`. What files of a folder are links must lead to within the bounds.
 * Never rejects: what cannot be read is said.
 */
export async function readGenerator(path: string, bounds: Bounds): Promise<GeneratorReading> {
  try {
    const info = await stat(path);
    const isTooLarge = info.isFile() && info.size > maxBytes;
    if (isTooLarge) return { problem: `is larger than ${size}` };
    if (!info.isDirectory() && !info.isFile()) return { problem: fileProblems.special };
    const texts = info.isDirectory() ? await readSource(path, bounds) : await readArchive(path);
    if (typeof texts === 'string') return { problem: texts };
    const files = generatorFiles(texts);
    if (files === undefined) return { problem: 'does not contain a default_values.yaml' };
    const problem = defaultsProblem(files);
    if (problem !== undefined) return { problem };
    return { files };
  } catch (error) {
    return { problem: describeFailure(error) };
  }
}

/** What is not a map of values would make every value of the user's an unknown one. */
function defaultsProblem(files: GeneratorFiles): string | undefined {
  const file = new ValuesFile('', files.get('default_values.yaml') ?? '');
  const broken = file.yaml.problems[0];
  if (broken !== undefined) {
    const { line } = file.source.positionAt(broken.span.start);
    return `has a default_values.yaml that is not YAML (line ${line + 1}: ${broken.message})`;
  }
  if (file.isValues) return undefined;
  return 'has a default_values.yaml without deployKF values';
}

/** The texts by path, or why there are none. */
type Texts = ReadonlyMap<string, string> | string;

async function readSource(path: string, bounds: Bounds): Promise<Texts> {
  const kinds = await Promise.all(defaultsPaths.map(name => pathKind(join(path, name))));
  const found = defaultsPaths[kinds.indexOf('file')];
  const special = defaultsPaths[kinds.indexOf('special')];
  if (found === undefined && special !== undefined) return `has a ${special} that ${fileProblems.special}`;
  if (found === undefined) return new Map();
  const base = join(path, found, '..');
  const templates = await namesIn(base, 'templates/manifests');
  if (typeof templates === 'string') return templates;
  const names = ['default_values.yaml', ...templates].filter(isTelling);
  let left = maxBytes;
  let problem: string | undefined;
  const read = await Promise.all(
    names.map(async (name): Promise<readonly [string, string][]> => {
      if (left < 0) return [];
      const fileText = await readText(join(base, name), { bounds, maxBytes: left });
      if (fileText.kind === 'tooLarge') left = -1;
      const isFailure = fileText.kind === 'unreadable' && fileText.isFailure === true;
      if (isFailure) problem = `has a file ${name} that ${fileText.problem}`;
      if (fileText.kind !== 'text') return [];
      left -= fileText.text.length;
      return [[name, fileText.text]];
    }),
  );
  if (left < 0) return `contains more than ${size}`;
  return problem ?? new Map(read.flat());
}

/** The files below a folder, relative to the base, or why there are none. Linked folders are not entered, they may lead anywhere. */
async function namesIn(base: string, folder: string): Promise<readonly string[] | string> {
  const names: string[] = [];
  const read = await readFolder(join(base, folder));
  if (read.kind === 'missing') return [];
  if (read.kind !== 'folder') return `has a folder ${folder} that ${describeUnread(read)}`;
  for (const entry of read.entries) {
    const name = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) {
      names.push(name);
      continue;
    }
    const below = await namesIn(base, name);
    if (typeof below === 'string') return below;
    names.push(...below);
  }
  return names;
}

async function readArchive(path: string): Promise<Texts> {
  const found = await withRegularFile(path, 'anywhere', async ({ handle }) => ({
    kind: 'read' as const,
    texts: await readOpen(handle.fd),
  }));
  if (found.kind === 'read') return found.texts;
  return describeUnread(found);
}

async function readOpen(descriptor: number): Promise<Texts> {
  const archive = await fromFdPromise(descriptor, { autoClose: false }).catch(notSystem);
  if (archive instanceof Error) return 'is not a .zip, or only the beginning of one';
  const found = await readEntries(archive).catch(notSystem);
  if (found instanceof Error) return `is not a readable .zip: ${phrase(found.message)}`;
  return found;
}

/** What the system says is reported elsewhere; the rest is about the archive. */
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

/** The first sentence of a library's message, to put after a colon. */
function phrase(message: string): string {
  return message.replace(/\. .*$/s, '').replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase());
}

function isWanted(name: string): boolean {
  return /default_values\.yaml$/.test(name) || isTelling(name.replace(/^.*?(?=templates\/manifests\/)/, ''));
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
