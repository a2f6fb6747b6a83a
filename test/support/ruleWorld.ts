import { rules } from '../../server/src/core/rules/index.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { noSettings, readProject } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { catalogs } from './views.ts';

export const valuesUri = 'file:///ws/values.yaml';
export const projectUri = 'file:///ws/.deploykf-values.yaml';

/** A folder with a values file, and the project file if a text of it is given, which knows all rules. */
export function ruleWorld(text: string, project?: string): Snapshot {
  const file = project === undefined ? undefined : new ValuesFile(projectUri, project);
  const names = { releases: catalogs.releases, codes: rules.map(({ code }) => code) };
  const read = file && readProject(file, names);
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: read?.settings ?? noSettings, project: read }],
    files: new Map([[valuesUri, new ValuesFile(valuesUri, text)]]),
  });
}
