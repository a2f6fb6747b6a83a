import { candidateKind } from '../../core/workspace/discovery.ts';
import { secretsIn, type LocatedSecret } from '../../core/secrets/secretsInFile.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import { fileURLToPath } from 'node:url';
import { maxListed } from '../../host/files.ts';
import { listFiles } from '../../host/listFiles.node.ts';
import type { Bounds } from '../../host/bounds.node.ts';
import { readTextFile } from '../../host/readFile.node.ts';

/**
 * The pull secrets in the YAML files of folders, looked for only where values name one. `undefined`: not looked for, or
 * there are too many files.
 */
export async function findSecrets(
  folders: readonly string[],
  files: readonly ValuesFile[],
  bounds: Bounds,
): Promise<readonly LocatedSecret[] | undefined> {
  if (!files.some(file => file.text.includes('registryCredentials'))) return undefined;
  const listed = await Promise.all(folders.map(folder => listFiles(folder, { isCancelled: () => false })));
  if (listed.some(uris => uris.length >= maxListed)) return undefined;
  const uris = [...new Set(listed.flat())].filter(uri => candidateKind(uri) === 'yaml');
  const secrets = await Promise.all(
    uris.map(async uri => {
      const text = await readTextFile(fileURLToPath(uri), bounds);
      if (text.kind !== 'text') return [];
      return secretsIn(uri, text.text);
    }),
  );
  return secrets.flat();
}
