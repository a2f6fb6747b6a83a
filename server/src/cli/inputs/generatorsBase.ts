import { basename, dirname, join } from 'node:path';
import { pathKind } from '../../host/textFiles.node.ts';
import { stdinName } from '../io/paths.ts';

/** Whether a file holds the defaults of a generator: the folder of its templates is beside it. */
export async function isGeneratorsBase(path: string): Promise<boolean> {
  if (path === stdinName || basename(path) !== 'default_values.yaml') return false;
  return (await pathKind(join(dirname(path), 'templates'))) === 'folder';
}
