import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Snapshot } from '../../src/core/workspace/snapshot.ts';
import { virtualText } from '../../src/core/workspace/virtualDocuments.ts';
import { defaultsUri } from '../../src/core/workspace/virtualUris.ts';
import { Catalogs } from '../../src/host/catalogs.ts';

/** Upstream's file where it lies beside the repository, else our rendering of the same values. */
export function benchText(): string {
  const catalogs = new Catalogs();
  const upstream = fileURLToPath(
    new URL(`../../../../shared/deploykf/${catalogs.newest}/default_values.yaml`, import.meta.url),
  );
  if (existsSync(upstream)) return readFileSync(upstream, 'utf8');
  const snapshot = Snapshot.of({ catalogs, folders: [], files: new Map() });
  return virtualText(snapshot, defaultsUri(catalogs.newest)) ?? '';
}
