import { join, resolve } from 'node:path';
import { mirrorPlan } from '../../core/mirror/plan.ts';
import { compareWithPlan, type ComparedImage } from '../../core/rendered/compare.ts';
import { findImages } from '../../core/rendered/findImages.ts';
import { findRunning } from '../../core/rendered/findRunning.ts';
import { readManifest, withInjectedProxy } from '../../core/rendered/readManifest.ts';
import { ManifestSplitter, type ManifestPart } from '../../core/rendered/splitManifests.ts';
import type { RenderedImage } from '../../core/rendered/types.ts';
import { withoutForeign } from '../../core/report/foreignPods.ts';
import { renderedJson, type RenderedFile } from '../../core/report/renderedJson.ts';
import { renderedText } from '../../core/report/renderedText.ts';
import { describeUnread } from '../../host/files.ts';
import { readFolder } from '../../host/readFile.node.ts';
import { readPieces } from '../../host/textStream.node.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { renderedOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { readLock } from '../inputs/mirrorLock.ts';
import { openView } from '../inputs/openView.ts';
import { complain, exitCodes, fail, type Io } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';
import { displayPath, stdinName } from '../io/paths.ts';
import { chosenStyle } from '../output/output.ts';
import { ReadBounds } from '../readBounds.ts';

/** Finds every image in what Helm, Kustomize or kubectl print, and lays it beside the plan of a stack. */
export const runRendered: RunCommand<typeof renderedOptions> = async (options, io) => {
  const { operands } = options;
  if (operands.length === 0 && io.stdin.isTerminal)
    return fail(io, 'name the manifests, or pipe them in: kustomize build . | deploykf-values rendered -');
  const opened = await openView(io, { ...options, operands: [] });
  if (opened === undefined) return exitCodes.failed;
  const { view, name: stack } = opened;
  const locked = await readLock(io, opened);
  if (typeof locked === 'string') return fail(io, locked);
  const inputs = await readAll(io, options);
  if (inputs.every(({ images, isWhole }) => images.length === 0 && !isWhole)) return exitCodes.failed;
  const plan = mirrorPlan(view, { stack, all: options.all, lock: locked.lock });
  const all = withInjectedProxy(inputs.flatMap(({ images }) => images));
  const { images: compared, notRendered } = compareWithPlan(all, plan);
  let next = 0;
  const files = inputs.map(({ file, images: own }): RenderedFile => {
    next += own.length;
    return { file, images: compared.slice(next - own.length, next) };
  });
  const report = options.running ? withoutForeign(view, files) : { files, foreign: [] };
  if (options.format === 'json') writeJson(io, renderedJson(report.files, notRendered));
  else io.stdout.write(renderedText({ ...report, notRendered }, chosenStyle(io, options)));
  if (inputs.some(({ isWhole }) => !isWhole)) return exitCodes.failed;
  const images = report.files.flatMap(file => file.images);
  if (images.length === 0 && report.foreign.length > 0)
    return fail(io, 'none of these Pods is in a namespace of the stack');
  return images.every(isAsPlanned) ? exitCodes.clean : exitCodes.findings;
};

function isAsPlanned({ state, found }: ComparedImage): boolean {
  return state === 'same' && found.running?.trouble === undefined;
}

interface ReadInput {
  readonly file: string;
  readonly images: readonly RenderedImage[];
  /** Whether all of it could be read. */
  readonly isWhole: boolean;
}

async function readAll(
  io: Io,
  { operands, running }: Pick<Given<typeof renderedOptions>, 'operands' | 'running'>,
): Promise<readonly ReadInput[]> {
  const bounds = new ReadBounds(io.cwd);
  const inputs: ReadInput[] = [];
  const find = running ? findRunning : findImages;
  for (const operand of operands.length === 0 ? [stdinName] : operands) {
    const path = resolve(io.cwd, operand);
    if (operand !== stdinName) await bounds.addNamed(path);
    const unread = new Map<string, string>();
    const paths = operand === stdinName ? [stdinName] : await manifestsAt(path, unread);
    for (const each of paths) inputs.push(await readOne(io, each, { bounds, find }));
    if (paths.length + unread.size === 0)
      unread.set(path, 'does not hold a manifest: name a folder with *.yaml, *.yml or *.json');
    for (const [folder, problem] of unread) {
      const file = displayPath(io.cwd, folder);
      complain(io, `${file} ${problem}`);
      inputs.push({ file, images: [], isWhole: false });
    }
  }
  return inputs;
}

/** The files of a folder and of those in it, in their order; a file is itself. `unread` takes the folders that cannot be read, and why. */
async function manifestsAt(path: string, unread: Map<string, string>): Promise<readonly string[]> {
  if ((await pathKind(path)) !== 'folder') return [path];
  const read = await readFolder(path);
  if (read.kind !== 'folder') {
    unread.set(path, describeUnread(read));
    return [];
  }
  const entries = read.entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() && entry.name !== '.git')
      paths.push(...(await manifestsAt(join(path, entry.name), unread)));
    else if (/\.(?:ya?ml|json)$/i.test(entry.name)) paths.push(join(path, entry.name));
  }
  return paths;
}

interface Reading {
  readonly bounds: ReadBounds;
  /** What is looked for in an object. */
  readonly find: typeof findImages;
}

/** Says what cannot be read, and that a file has nothing to be read: either may hide an image. */
async function readOne(io: Io, path: string, { bounds, find }: Reading): Promise<ReadInput> {
  const file = path === stdinName ? stdinName : displayPath(io.cwd, path);
  const splitter = new ManifestSplitter();
  const images: RenderedImage[] = [];
  const problems: string[] = [];
  let objects = 0;
  const take = (parts: readonly ManifestPart[]): void => {
    for (const part of parts) {
      const read = readManifest(part, find);
      images.push(...read.images);
      objects += read.objects;
      if (read.problem !== undefined) problems.push(`${file}:${part.line}: ${read.problem}`);
    }
  };
  const seen = { isBinary: false };
  const push = (text: string): void => {
    // As UTF-16 is, or what is packed.
    seen.isBinary ||= /\0|\uFFFD{2}/.test(text);
    if (!seen.isBinary) take(splitter.push(text));
  };
  const unread =
    path === stdinName ? await io.stdin.readPieces(push) : await readPieces(path, bounds.of(path), push);
  take(splitter.end());
  if (seen.isBinary) problems.splice(0, problems.length, `${file}: this is not a text in UTF-8`);
  else if (unread !== undefined) problems.push(`${file} ${describeUnread(unread)}`);
  else if (splitter.isCutOff) problems.push(`${file}: the text ends before it is complete`);
  else if (objects === 0 && problems.length === 0)
    problems.push(`${file}: there is no object of Kubernetes in it`);
  else if (images.length === 0 && find === findRunning)
    problems.push(
      `${file}: there is no Pod that has not ended in it, as kubectl get pods --output json prints it`,
    );
  for (const problem of problems) complain(io, problem);
  return { file, images, isWhole: problems.length === 0 };
}
