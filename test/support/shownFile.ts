import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { noSettings, type Settings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { catalogs } from './views.ts';

export const shownUri = 'file:///ws/a.yaml';

/** A world with one file in it. */
export function worldOfText(text: string, settings: Settings = noSettings): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings, project: undefined }],
    files: new Map([[shownUri, new ValuesFile(shownUri, text)]]),
  });
}
