import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, relative, sep } from 'node:path';
import { fileProblems } from './files.ts';
import { workTreeOf } from './workTree.node.ts';

/**
 * The paths of the folders that may be read from, each with the git work tree that it is in; or one folder and nothing else;
 * or that the user named it.
 */
export type Bounds = readonly string[] | { readonly only: string } | 'anywhere';

/**
 * Why a file is not to be read, by its real path, without any links; `undefined`: it may be. What git keeps for itself is
 * outside, too: it holds credentials where CI systems check out. The `path` is the one with links.
 */
export async function boundsProblem(real: string, bounds: Bounds, path = real): Promise<string | undefined> {
  if (bounds === 'anywhere') return undefined;
  if ('only' in bounds) return onlyProblem(real, bounds.only, path);
  const folders = await Promise.all(bounds.map(folder => realpath(folder).catch(() => folder)));
  const own = folders.find(folder => isWithin(folder, real));
  if (own !== undefined) return gitProblem(own, real);
  const inside = [...bounds, ...folders];
  for (const folder of folders) {
    const tree = await workTreeOf(folder);
    if (tree === undefined || (await holdsHome(tree))) continue;
    if (isWithin(tree, real)) return gitProblem(tree, real);
    inside.push(tree);
  }
  if (inside.some(folder => isWithin(folder, path))) return fileProblems.leadsOutside;
  return fileProblems.outside;
}

async function onlyProblem(real: string, folder: string, path: string): Promise<string | undefined> {
  const own = await realpath(folder).catch(() => folder);
  if (isWithin(own, real)) return gitProblem(own, real);
  return isWithin(folder, path) || isWithin(own, path) ? fileProblems.leadsOutside : fileProblems.outside;
}

/** Folders with the git work trees that they are in, all by their real paths. */
export async function withWorkTrees(folders: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(folders.map(folder => realpath(folder).catch(() => folder)));
  const trees = await Promise.all(real.map(workTreeOf));
  const own: string[] = [];
  for (const tree of trees) if (tree !== undefined && !(await holdsHome(tree))) own.push(tree);
  return [...new Set([...real, ...own])];
}

/** Whether a path is a folder or in it, by their names alone: links are not followed. */
export function isWithin(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}

function gitProblem(folder: string, path: string): string | undefined {
  const isOfGit = relative(folder, path)
    .split(sep)
    .some(step => step.toLowerCase() === '.git');
  if (!isOfGit) return undefined;
  return fileProblems.ofGit;
}

/** Some keep their home folder in git; that does not make everything in it part of one project. */
async function holdsHome(tree: string): Promise<boolean> {
  const home = homedir();
  return isWithin(tree, await realpath(home).catch(() => home));
}
