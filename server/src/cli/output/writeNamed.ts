import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { boundsProblem } from '../../host/bounds.node.ts';
import { isDevice, writeDevice } from '../../host/device.node.ts';
import { replaceFile, type Replacement } from '../../host/replaceFile.node.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { complain, type Io } from '../io/io.ts';
import { displayPath, pathOf } from '../io/paths.ts';
import { ReadBounds } from '../readBounds.ts';

/**
 * Writes a file that an option names. `false`: that was not possible, which has been said. A file that is checked is left alone,
 * and so is what a link in the working directory leads out to: somebody else may have made it.
 */
export async function writeNamed(
  io: Io,
  path: string,
  { files, projects }: Inputs,
  replacement: Replacement,
): Promise<boolean> {
  const own = [...files.map(file => file.path), ...projects.map(({ file }) => pathOf(io.cwd, file.uri))];
  const isOwn = (await Promise.all(own.map(realPath))).includes(await realPath(path));
  const problem = isOwn ? ownProblem : ((await linkProblem(io, path)) ?? (await write(path, replacement)));
  if (problem !== undefined) complain(io, `${displayPath(io.cwd, path)} ${problem}`);
  return problem === undefined;
}

async function write(path: string, replacement: Replacement): Promise<string | undefined> {
  if (await isDevice(path)) return writeDevice(path, replacement.text);
  return replaceFile(path, replacement);
}

const ownProblem = 'is one of the files that are checked and is left alone: name another one';

/** Where links lead; a file that does not exist is in the real folder of its name. */
export function realPath(path: string): Promise<string> {
  const folder = dirname(path);
  return realpath(path).catch(async () => join(await realpath(folder).catch(() => folder), basename(path)));
}

async function linkProblem({ cwd }: Io, path: string): Promise<string | undefined> {
  const bounds = new ReadBounds(cwd);
  await bounds.addNamed(path);
  const problem = await boundsProblem(await realPath(path), bounds.of(path), path);
  return problem && 'leads out of this folder and its git work tree and is left alone';
}
