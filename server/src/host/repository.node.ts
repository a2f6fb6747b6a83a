import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { remotesIn } from '../core/stack/gitConfig.ts';
import type { Repository } from '../core/stack/repository.ts';
import { normalizeUri, trimSlash } from '../core/stack/uri.ts';
import { isWithin } from './bounds.node.ts';
import { readText } from './readFile.node.ts';
import { pathKind } from './textFiles.node.ts';
import { workTreeOf } from './workTree.node.ts';

/** In bytes. */
const maxConfig = 256 * 1024;

/**
 * The git work tree that a folder is in, with the keys of its remotes. Of what git keeps for itself nothing else leaves this
 * file; no git runs. `undefined`: there is none, or it holds the home folder. Never rejects.
 */
export async function repositoryOf(uri: string): Promise<Repository | undefined> {
  try {
    const tree = await workTreeOf(fileURLToPath(uri));
    if (tree === undefined || isWithin(tree, homedir())) return undefined;
    const config = await readGit(join(await gitFolder(tree), 'config'));
    const root = trimSlash(normalizeUri(pathToFileURL(tree).href));
    return { root, remotes: config === undefined ? [] : remotesIn(config) };
  } catch {
    return undefined;
  }
}

/** Where the configuration is: a work tree besides the first one, and a submodule, have a file that leads there. */
async function gitFolder(tree: string): Promise<string> {
  const own = join(tree, '.git');
  if ((await pathKind(own)) !== 'file') return own;
  const named = /^gitdir:(.+)/m.exec((await readGit(own)) ?? '')?.[1]?.trim();
  if (named === undefined) return own;
  const folder = resolve(tree, named);
  const common = (await readGit(join(folder, 'commondir')))?.trim();
  return common === undefined || common === '' ? folder : resolve(folder, common);
}

async function readGit(path: string): Promise<string | undefined> {
  const read = await readText(path, { bounds: 'anywhere', maxBytes: maxConfig });
  if (read.kind === 'text') return read.text;
  return undefined;
}
