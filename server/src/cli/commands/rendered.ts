import { join, resolve } from 'node:path';
import { mirrorPlan } from '../../core/mirror/plan.ts';
import { compareWithPlan } from '../../core/rendered/compare.ts';
import { readManifest, withInjectedProxy } from '../../core/rendered/readManifest.ts';
import { ManifestSplitter, type ManifestPart } from '../../core/rendered/splitManifests.ts';
import type { RenderedImage } from '../../core/rendered/types.ts';
import { renderedJson, type RenderedFile } from '../../core/report/renderedJson.ts';
import { renderedText } from '../../core/report/renderedText.ts';
import { describeUnread } from '../../host/files.ts';
import { readFolder } from '../../host/readFile.node.ts';
import { readPieces } from '../../host/textStream.node.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { renderedOptions } from '../arguments/commandOptions.ts';
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
  const inputs = await readAll(io, operands.length === 0 ? [stdinName] : operands);
  const plan = mirrorPlan(opened.view, { stack: opened.name, all: options.all });
  const all = withInjectedProxy(inputs.flatMap(({ images }) => images));
  const { images, notRendered } = compareWithPlan(all, plan);
  let next = 0;
  const files = inputs.map(({ file, images: own }): RenderedFile => {
    next += own.length;
    return { file, images: images.slice(next - own.length, next) };
  });
  if (options.format === 'json') writeJson(io, renderedJson(files, notRendered));
  else io.stdout.write(renderedText(files, notRendered, chosenStyle(io, options)));
  if (inputs.some(({ isWhole }) => !isWhole)) return exitCodes.failed;
  return images.every(({ state }) => state === 'same') ? exitCodes.clean : exitCodes.findings;
};

interface ReadInput {
  readonly file: string;
  readonly images: readonly RenderedImage[];
  /** Whether all of it could be read. */
  readonly isWhole: boolean;
}

async function readAll(io: Io, operands: readonly string[]): Promise<readonly ReadInput[]> {
  const bounds = new ReadBounds(io.cwd);
  const inputs: ReadInput[] = [];
  for (const operand of operands) {
    const path = resolve(io.cwd, operand);
    if (operand !== stdinName) await bounds.addNamed(path);
    const paths = operand === stdinName ? [stdinName] : await manifestsAt(path);
    for (const each of paths) inputs.push(await readOne(io, each, bounds));
  }
  return inputs;
}

/** The files of a folder and of those in it, in their order; a file is itself. */
async function manifestsAt(path: string): Promise<readonly string[]> {
  if ((await pathKind(path)) !== 'folder') return [path];
  const entries = (await readFolder(path)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() && entry.name !== '.git')
      paths.push(...(await manifestsAt(join(path, entry.name))));
    else if (/\.(?:ya?ml|json)$/i.test(entry.name)) paths.push(join(path, entry.name));
  }
  return paths;
}

async function readOne(io: Io, path: string, bounds: ReadBounds): Promise<ReadInput> {
  const file = path === stdinName ? stdinName : displayPath(io.cwd, path);
  const splitter = new ManifestSplitter();
  const images: RenderedImage[] = [];
  let isWhole = true;
  const take = (objects: readonly ManifestPart[]): void => {
    for (const object of objects) {
      const read = readManifest(object);
      images.push(...read.images);
      if (!read.isUnreadable) continue;
      isWhole = false;
      complain(
        io,
        `${file}:${object.line}: this is neither YAML nor JSON, so only lines with "image:" were looked at`,
      );
    }
  };
  const push = (text: string): void => take(splitter.push(text));
  const unread =
    path === stdinName ? await io.stdin.readPieces(push) : await readPieces(path, bounds.of(path), push);
  take(splitter.end());
  if (unread === undefined) return { file, images, isWhole };
  complain(io, `${file} ${describeUnread(unread)}`);
  return { file, images, isWhole: false };
}
