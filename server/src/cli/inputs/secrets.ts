import { candidateKind } from '../../core/workspace/discovery.ts';
import { secretsIn, type KnownSecret } from '../../core/secrets/secretsInFile.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import { fileURLToPath } from 'node:url';
import { maxListed } from '../../host/files.ts';
import { listFiles } from '../../host/listFiles.node.ts';
import { readTextFile } from '../../host/textFiles.node.ts';

/** So many files are read at once. */
const width = 32;

/**
 * The pull secrets in the YAML files of folders, looked for only where values name one. `undefined`: not looked for, or
 * there are too many files.
 */
export async function findSecrets(
  folders: readonly string[],
  files: readonly ValuesFile[],
): Promise<readonly KnownSecret[] | undefined> {
  if (!files.some(file => file.text.includes('registryCredentials'))) return undefined;
  const listed = await Promise.all(folders.map(folder => listFiles(folder, { isCancelled: () => false })));
  if (listed.some(uris => uris.length >= maxListed)) return undefined;
  const uris = [...new Set(listed.flat())].filter(uri => candidateKind(uri) === 'yaml');
  const secrets: KnownSecret[] = [];
  for (let at = 0; at < uris.length; at += width) {
    const read = uris.slice(at, at + width).map(async uri => {
      const text = await readTextFile(fileURLToPath(uri));
      return text.kind === 'text' ? secretsIn(uri, text.text) : [];
    });
    secrets.push(...(await Promise.all(read)).flat());
  }
  return secrets;
}
