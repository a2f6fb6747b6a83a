import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { boundsProblem } from '../../host/bounds.node.ts';
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
  const isOwn = own.includes(path);
  const problem = isOwn
    ? ownProblem
    : ((await linkProblem(io, path)) ?? (await replaceFile(path, replacement)));
  if (problem !== undefined) complain(io, `${displayPath(io.cwd, path)} ${problem}`);
  return problem === undefined;
}

const ownProblem = 'is one of the files that are checked and is left alone: name another one';

async function linkProblem({ cwd }: Io, path: string): Promise<string | undefined> {
  const bounds = new ReadBounds(cwd);
  await bounds.addNamed(path);
  const folder = dirname(path);
  const real = await realpath(path).catch(async () =>
    join(await realpath(folder).catch(() => folder), basename(path)),
  );
  const problem = await boundsProblem(real, bounds.of(path), path);
  return problem && 'leads out of this folder and its git work tree and is left alone';
}
