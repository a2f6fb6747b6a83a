import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { GitIgnore, maxIgnoreBytes } from './gitIgnore.ts';
import { readText } from './readFile.node.ts';
import { describeWriteFailure, temporaryBeside } from './replaceFile.node.ts';
import { pathKind } from './textFiles.node.ts';
import { workTreeOf } from './workTree.node.ts';

export interface PrivateWrite {
  /** A file that is there is replaced; else it is left alone. */
  readonly overwrite: boolean;
}

/**
 * Writes a file that only its owner can read. A symbolic link is replaced, not followed. The answer is a
 * phrase to put after the file's name, `undefined` when it is done.
 */
export async function writePrivateFile(
  path: string,
  text: string,
  { overwrite }: PrivateWrite,
): Promise<string | undefined> {
  if ((await pathKind(path)) === 'folder') return 'is a folder, but a file is expected here';
  const options = { flag: 'wx', mode: 0o600 };
  if (!overwrite) return writeFile(path, text, options).then(() => undefined, describeWriteFailure);
  const temporary = temporaryBeside(path);
  const problem = await writeFile(temporary, text, options)
    .then(() => rename(temporary, path))
    .then(() => undefined, describeWriteFailure);
  await rm(temporary, { force: true }).catch(() => undefined);
  return problem;
}

/** Whether git would take the file in: it is in a work tree, and no `.gitignore` of that passes over it. */
export async function isSeenByGit(path: string): Promise<boolean> {
  const root = await workTreeOf(dirname(path));
  if (root === undefined) return false;
  const steps = relative(root, path).split(sep);
  const rules = new GitIgnore();
  for (let depth = 0; depth < steps.length; depth++) {
    const folder = steps.slice(0, depth);
    const file = await readText(join(root, ...folder, '.gitignore'), {
      bounds: 'anywhere',
      maxBytes: maxIgnoreBytes,
    });
    if (file.kind === 'text') rules.add(folder.map(step => `${step}/`).join(''), file.text);
  }
  return !rules.ignores(steps.join('/'));
}
