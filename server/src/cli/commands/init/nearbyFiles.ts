import type { CatalogSource } from '../../../core/catalog/catalogSource.ts';
import { isInside, folderOf } from '../../../core/stack/uri.ts';
import { noSettings } from '../../../core/workspace/settings.ts';
import { Snapshot } from '../../../core/workspace/snapshot.ts';
import { boundFiles } from '../../../host/files.ts';
import { nodeFiles } from '../../../host/files.node.ts';
import { searchFolder } from '../../../loader/searchFolder.ts';
import { projectUri } from '../../../loader/folders.ts';
import { withStackFiles } from '../../../loader/stackFiles.ts';
import { uriOf } from '../../io/paths.ts';

/** What is in a folder, as if it had no project file; folders that have one of their own are left out. */
export async function readNearbyFiles(path: string, catalogs: CatalogSource): Promise<Snapshot> {
  const folder = uriOf(`${path}/`);
  const files = boundFiles(nodeFiles, () => [folder]);
  const { found, projects } = await searchFolder(files, folder);
  const inner = projects.filter(uri => uri !== projectUri(folder)).map(folderOf);
  const isOurs = (uri: string): boolean => !inner.some(other => isInside(other, uri));
  const state = {
    catalogs,
    folders: [{ uri: folder, settings: noSettings, project: undefined }],
    files: new Map([...found.files].filter(([uri]) => isOurs(uri))),
    scripts: [...found.scripts.values()].filter(({ uri }) => isOurs(uri)),
    outputs: found.outputs,
    bases: found.bases,
  };
  return Snapshot.of(await withStackFiles(state, files));
}
