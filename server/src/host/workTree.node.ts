import { dirname, join } from 'node:path';
import { pathKind } from './textFiles.node.ts';

/** The nearest folder at or above this one with a `.git` in it; `undefined`: it is not in a work tree. */
export async function workTreeOf(folder: string): Promise<string | undefined> {
  if ((await pathKind(join(folder, '.git'))) !== 'missing') return folder;
  const above = dirname(folder);
  if (above === folder) return undefined;
  return workTreeOf(above);
}
