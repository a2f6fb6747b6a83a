import type { LocatedSecret } from '../../core/secrets/secretsInFile.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import type { Reader } from './foundStacks.ts';

/**
 * The pull secrets in the YAML files of folders, looked for only where values name one. `undefined`: not looked for, or
 * there are too many files.
 */
export async function findSecrets(
  folders: readonly string[],
  files: readonly ValuesFile[],
  { search }: Pick<Reader, 'search'>,
): Promise<readonly LocatedSecret[] | undefined> {
  if (!files.some(file => file.text.includes('registryCredentials'))) return undefined;
  const searches = await Promise.all(folders.map(search));
  if (searches.some(({ isWhole }) => !isWhole)) return undefined;
  // In nested folders, each file once.
  return [...new Map(searches.flatMap(({ found }) => [...found.secrets])).values()].flat();
}
