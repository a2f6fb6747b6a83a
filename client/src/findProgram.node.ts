import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, relative } from 'node:path';

interface SearchPath {
  /** As the variable PATH has it. */
  readonly path: string;
  readonly isWindows: boolean;
  /** Folders that may not choose what is run: those of the workspace. */
  readonly excluded: readonly string[];
}

/** The programs of Windows that npm installs, and others. */
const endings = ['.exe', '.cmd', '.bat'];

/** The absolute path of an installed program; `undefined`: there is none outside of the excluded folders. */
export async function findProgram(
  name: string,
  { path, isWindows, excluded }: SearchPath,
): Promise<string | undefined> {
  const names = isWindows ? endings.map(ending => name + ending) : [name];
  for (const folder of path.split(delimiter)) {
    // An empty or relative part is where somebody works, which may be the workspace.
    if (!isAbsolute(folder) || excluded.some(outer => isIn(outer, folder))) continue;
    for (const file of names.map(each => join(folder, each))) if (await isProgram(file)) return file;
  }
  return undefined;
}

function isIn(outer: string, folder: string): boolean {
  const way = relative(outer, folder);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
