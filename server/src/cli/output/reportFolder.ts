import { isAbsolute, relative, sep } from 'node:path';
import type { Io } from '../io/io.ts';
import { isWithin } from '../io/paths.ts';
import { realPath } from './writeNamed.ts';

/** What says where the paths of a report start for those who read it, in jobs that work in another folder. */
const rootVariables: Readonly<Record<string, string>> = {
  github: 'GITHUB_WORKSPACE',
  sarif: 'GITHUB_WORKSPACE',
  gitlab: 'CI_PROJECT_DIR',
};

/**
 * The working directory below the root of the repository, with slashes, for formats that a code host reads, where it says
 * where that is; else empty. Either of the two may be reached through links.
 */
export async function reportFolder({ cwd, env }: Pick<Io, 'cwd' | 'env'>, format: string): Promise<string> {
  const root = env[rootVariables[format] ?? ''];
  if (root === undefined || !isAbsolute(root)) return '';
  const [realRoot, realCwd] = await Promise.all([realPath(root), realPath(cwd)]);
  if (!isWithin(realRoot, realCwd)) return '';
  return relative(realRoot, realCwd).split(sep).join('/');
}
